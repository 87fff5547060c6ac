# The start screen, and what it tells about before.

start-title = سجّل الدخول بهاتفك
start-gives = شاهد { $channels } على هذا التلفاز. لا حاجة للكتابة هنا.
start-gives-plain = لا حاجة للكتابة على هذا التلفاز.
start-account = بحسابك لدى { $host }
start-guests = يُسجَّل خروج الضيف عند مغادرته ولا يبقى شيء على هذا التلفاز.
start-sign-in = تسجيل الدخول
start-guest = الدخول كضيف
start-add = إضافة شخص
start-demo = جرّب العرض التجريبي
start-again = البحث مجددًا
start-who = من أنت؟
start-set-up-title = لم يُعدّ شيء بعد
start-set-up-file = يقرأ tenfoot ملفًا واحدًا يحدد مكان تسجيل الدخول وما يُعرض. مكانه هنا:
start-set-up-more = يطبع «tenfoot config example» ملفًا للبدء. ولا يحتاج العرض التجريبي إلى ملف ولا إلى حساب.
start-set-up-example = يطبع «tenfoot config example» ملفًا للبدء.
start-demo-approve =
    العرض التجريبي: وافق في متصفح على
    { $address }
start-demo-open = يمكن لأي شخص على هذه الشبكة فتح صفحة هذا العرض التجريبي وواجهته البرمجية، ولا شيء مشفّر. هذا للتجربة في المنزل فقط.
start-demo-alone = لم يُعثر على شبكة، لذا لا يفتح الصفحة الآن إلا هذا الجهاز. { $more }
start-cancelled = أُلغي. لم يعد الرمز صالحًا على هذا التلفاز.
start-guest-gone = سُجّل خروج الضيف ولم يبقَ منه شيء على هذا التلفاز.
start-session-gone = لم يعد { $name } مسجّل الدخول هنا. اختر «{ start-add }».
start-of = { $name }: { $why }
start-sign-in-again = يجب أن يسجّل { $name } الدخول من جديد.
start-signed-out =
    { $known ->
        [0] تم تسجيل الخروج.
       *[other] تم تسجيل خروج { $name }.
    }
start-browser = { $done } قد يظل متصفح هاتفك مسجّل الدخول لدى { $host }.
start-listed = { $done } قد يظل هذا التلفاز مدرجًا في حسابك لدى { $host }.
start-signed-out-but = { $done } { $why }
start-not-deleted = تعذّر حذف الجلسة من هذا التلفاز. { $why }
start-other-provider = تشير الإعدادات الآن إلى { $host }. تبقى الجلسة لدى { $before } محفوظة لكنها لا تُستخدم.
start-other-client = تشير الإعدادات الآن إلى تطبيق آخر لدى { $host } أو إلى مكان آخر للجلسات: سجّل الدخول من جديد.
