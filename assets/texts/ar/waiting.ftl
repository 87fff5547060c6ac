# The waiting screen.

waiting-session = مرحبًا بعودتك
waiting-session-of = مرحبًا بعودتك يا { $name }
waiting-session-more = جارٍ فتح جلستك على هذا التلفاز.
waiting-demo = جارٍ بدء العرض التجريبي
waiting-demo-more = يعمل داخل tenfoot ولا يحتاج إلى حساب.
waiting-code = جارٍ الحصول على رمز
waiting-code-more = في انتظار { $host }.
waiting-approval = وافق على هاتفك
waiting-approval-more = في انتظار موافقتك لدى { $host }. يجب أن يعرض الهاتف هذا الرمز.
waiting-tokens = تمت الموافقة
waiting-tokens-more = جارٍ التحقق من رد { $host } وحفظه بأمان على هذا التلفاز.
waiting-tokens-guest = جارٍ التحقق من رد { $host }.
waiting-show-code = عرض الرمز مجددًا
