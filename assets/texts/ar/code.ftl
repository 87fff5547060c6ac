# The code screen, and what it shares with the waiting screen.

code-go = افتح على هاتفك
code-enter = أدخل هذا الرمز
code-enter-gap = أدخل هذا الرمز دون مسافات
code-enter-case = أدخل هذا الرمز بالأحرف الكبيرة والصغيرة كما هي
code-enter-case-gap = أدخل هذا الرمز بالأحرف الكبيرة والصغيرة كما هي ودون مسافات
code-compare = تأكد أن الصفحة تعرض هذا الرمز
code-safety = وافق فقط إذا بدأت هذا على هذا التلفاز
code-host = الصفحة على { $host }
code-host-short = الصفحة: { $host }
code-scan-filled = أو امسح رمز QR: رمز الدخول مُدخل مسبقًا. تأكد أنه نفسه.
code-scan = أو امسح رمز QR لفتح العنوان ثم أدخل الرمز.
code-entered = أدخلته
code-new = رمز جديد
code-time-left = المتبقي { $time }
code-checking = جارٍ التحقق…
code-next = التحقق التالي بعد { $seconds } ث
code-slow-down = تحقق أقل بطلب من { $host }: كل { $seconds } ث. { $next }
code-busy = مشغول الآن: { $host }. { $next }
code-reconnecting = إعادة الاتصال: { $why } { $next }. الرمز لا يزال صالحًا.
code-busy-short = مشغول
code-slow-down-short = تحقق أبطأ
code-reconnecting-short = إعادة الاتصال
code-guest = كضيف: لا يبقى شيء على هذا التلفاز
