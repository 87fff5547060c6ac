# What is said aloud, in words for the ear.

spoken-code = على هاتفك، افتح { $address }. أدخل هذا الرمز: { $code }.
spoken-code-compare = على هاتفك، افتح { $address }. تأكد أن الصفحة تعرض هذا الرمز: { $code }.
spoken-capital = { $letter } كبير
spoken-signed-in = تم تسجيل الدخول باسم { $name }.
spoken-channel = القناة: { $name }
spoken-account = الحساب: { $name }
spoken-items = { $count ->
    [0] لا شيء هنا بعد.
    [one] عنصر واحد.
    [two] عنصران.
    [few] { $count } عناصر.
    [many] { $count } عنصرًا.
   *[other] { $count } عنصر.
}
