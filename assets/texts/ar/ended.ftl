# After a sign-in that came to nothing.

ended-new-code = الحصول على رمز جديد
ended-again = المحاولة مجددًا
ended-again-in = ستُعاد المحاولة تلقائيًا خلال { $seconds } ث.
ended-to-start = العودة إلى البداية
ended-quote = يقول { $host }: «{ $words }»
ended-expired = انتهت صلاحية الرمز
ended-expired-why = لم يوافق عليه أحد في الوقت المحدد.
ended-expired-on = رمز جديد بضغطة واحدة. القديم لم يعد يعمل.
ended-denied = رُفض تسجيل الدخول
ended-denied-why = رفض أحدهم على الهاتف، أو رفض { $host }. لا أحد مسجّل الدخول على هذا التلفاز.
ended-denied-on = إن كان ذلك خطأ، فاحصل على رمز جديد ووافق عليه.
ended-refused = أوقف { $host } تسجيل الدخول
ended-refused-why = لم يعد بالإمكان استخدام الرمز.
ended-refused-on = غالبًا ما يفيد رمز جديد. وإلا فلا بد من مراجعة إعدادات المزوّد.
ended-unreachable = تعذّر الوصول إلى { $host }
ended-unreachable-on = تحقق من كابل الشبكة أو Wi-Fi لهذا التلفاز ثم حاول مجددًا.
ended-misconfigured = إعداد تسجيل الدخول غير صحيح
ended-misconfigured-on = يمكن لمن أعدّ هذا التلفاز إصلاح ذلك هنا أو لدى المزوّد.
ended-untrusted = لا يمكن الوثوق بالرد
ended-untrusted-on = لم يُحفظ شيء ولا أحد مسجّل الدخول. تحقق أولًا من ساعة هذا التلفاز ثم حاول مجددًا.
ended-not-stored = تعذّر حفظ تسجيل الدخول
ended-not-stored-on = لا أحد مسجّل الدخول. أفرغ مساحة أو أصلح أذونات ذلك المكان ثم حاول مجددًا.
