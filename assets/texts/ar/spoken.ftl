# What is said aloud, in words for the ear.

spoken-code = على هاتفك، افتح { $address }. أدخل هذا الرمز: { $code }.
spoken-signed-in = تم تسجيل الدخول باسم { $name }.
spoken-channel = القناة: { $name }
spoken-account = الحساب: { $name }
spoken-not-you = لست أنت؟ تسجيل الخروج
spoken-close = إغلاق
spoken-switch = تبديل الشخص
spoken-sign-out = تسجيل الخروج
spoken-signing-out = جارٍ تسجيل الخروج.
spoken-loading = جارٍ التحميل.
spoken-again = أعد المحاولة
spoken-items = { $count ->
    [0] لا شيء هنا بعد.
    [one] عنصر واحد.
    [two] عنصران.
    [few] { $count } عناصر.
    [many] { $count } عنصرًا.
   *[other] { $count } عنصر.
}
