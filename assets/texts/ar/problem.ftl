# What stands in the way before anything can start.

problem-title = تعذّر بدء tenfoot
problem-disk = لا يستجيب القرص الذي يحتوي على { $path }. تحقّق من أنه موصول، وإن كان مجلدًا مشتركًا على الشبكة فتحقّق من إمكانية الوصول إلى خادمه.
problem-on = أصلح ذلك ثم حاول مجددًا.
problem-config = في الإعدادات خطأ
problem-config-on = صحّح الملف ثم حاول مجددًا.
problem-file = الملف
problem-line = السطر
problem-key = المفتاح
problem-meant = المقصود
problem-perhaps = ربما «{ $key }»
problem-again = المحاولة مجددًا
problem-unchanged = { $why } تبقى الإعدادات السابقة سارية.
