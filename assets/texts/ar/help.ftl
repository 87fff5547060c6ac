# The key tester.

help-title = اختبار الأزرار
help-introduction = اضغط أزرار جهاز التحكم: يظهر هنا ما يصل منها، ولا يحدث شيء آخر. للخروج اضغط «رجوع» مرتين متتاليتين أو انتظر دقيقة دون ضغط أي زر.
help-press-a-key = اضغط أي زر.
help-back-twice = رجوع، رجوع
help-leave = خروج
help-nothing = لا يفعل شيئًا هنا
help-code = الرمز { $code }
help-name = الاسم { $name }
help-character = يكتب «{ $character }»
help-no-trace = زر بلا رمز ولا اسم
help-long-ok = OK مع الاستمرار
help-right-button = زر الفأرة الأيمن
help-move = التنقل
help-ok = اختيار
help-back = رجوع
help-menu = التفاصيل أو القائمة
help-home = القناة الأولى
help-next-channel = القناة التالية
help-previous-channel = القناة السابقة
help-channel = القناة بالرقم
help-refresh = تحديث
help-account = الحساب
help-pause = إيقاف التحديث مؤقتًا
help-help = اختبار الأزرار
