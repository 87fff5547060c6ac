# The service menu of a kiosk.

service-title = قائمة الخدمة
service-close = العودة إلى التلفاز
service-diagnose = التشخيص
service-leave = الخروج من tenfoot
service-shut = لا يمكن الخروج من tenfoot إلا عندما تمكن قراءة إعداداته.
service-pin = أدخل الرقم السري
service-pin-how = بأرقام جهاز التحكم، أو بالأسهم وOK.
service-type = أرقام
service-delete = حذف
service-wrong = الرقم السري غير صحيح. يمكن المحاولة مجددًا بعد { $seconds } ث.
service-looking = يجري فحص كل ما يعتمد عليه تسجيل الدخول…
service-good = سليم
service-weak = تحذير
service-bad = فشل
service-skipped = لم يُفحص
service-found = { $count ->
    [0] كل شيء على ما يرام.
   *[other] عدد الأمور التي تحتاج إلى انتباه: { $count }.
}
