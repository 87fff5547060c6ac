# The channels, and who is signed in.

signed-in-no-channels = لا توجد قنوات بعد
signed-in-no-channels-why = لا يذكر ملف الإعدادات أي ‎[[channel]]‎ لعرضه.
signed-in-stale = ليس الأحدث: { $why }
signed-in-stale-again = ليس الأحدث: { $why } إعادة المحاولة خلال { $seconds } ث.
signed-in-stale-short = ليس الأحدث. محاولة أخرى بعد { $seconds } ث.
signed-in-more-failed = تعذّر تحميل المزيد: { $why }
signed-in-more-failed-again = تعذّر تحميل المزيد: { $why } إعادة المحاولة خلال { $seconds } ث.
signed-in-more-failed-short = تعذّر تحميل المزيد. محاولة أخرى بعد { $seconds } ث.
signed-in-more-failed-key = تعذّر تحميل المزيد: { $why } اضغط ↓ لإعادة المحاولة.
signed-in-more-failed-key-short = تعذّر تحميل المزيد. اضغط ↓ لإعادة المحاولة.
signed-in-more-full = هناك المزيد، لكن هذه القائمة أطول من أن تُعرض على هذا التلفاز.
signed-in-empty = لا شيء هنا بعد
signed-in-empty-why = ليس في { $channel } ما يُعرض في الوقت الحالي.
signed-in-empty-so-far = الصفحات الأولى من { $channel } فارغة. اضغط ↓ لمتابعة البحث.
signed-in-forbidden = ليس لديك إذن بالاطّلاع على هذا
signed-in-busy = لحظة من فضلك
signed-in-unreachable = لا يوجد رد
signed-in-not-stored = تعذّر حفظ الجلسة
signed-in-unusable = تعذّر عرض هذا
signed-in-again-in = { $why } ستُعاد المحاولة تلقائيًا خلال { $time }.
signed-in-again = إعادة المحاولة
signed-in-into = دخول القناة
signed-in-open = فتح
signed-in-account = الحساب
signed-in-channel = القناة التالية
signed-in-channels = القنوات
signed-in-refresh = تحديث
signed-in-loading = جارٍ التحميل…
signed-in-count = { $at } من { $all }
signed-in-count-more = { $at } من { $all }+
signed-in-updating = جارٍ التحديث…
signed-in-loading-more = جارٍ تحميل المزيد…
signed-in-just-now = حُدّث الآن
signed-in-as-of = آخر تحديث { $time }
signed-in-as-of-days =
    { $days ->
        [zero] آخر تحديث { $time }
        [one] آخر تحديث أمس، { $time }
        [two] قبل يومين، { $time }
        [few] قبل { $days } أيام، { $time }
        [many] قبل { $days } يومًا، { $time }
       *[other] قبل { $days } يوم، { $time }
    }
signed-in-paused = متوقف مؤقتًا
signed-in-as = تم تسجيل الدخول باسم
signed-in-as-guest = تم تسجيل الدخول كضيف:
signed-in-not-you = لست أنت؟
signed-in-close = إغلاق
signed-in-switch = تبديل الشخص
signed-in-out = تسجيل الخروج
signed-in-signing-out = جارٍ تسجيل الخروج…
signed-in-guest = ضيف على هذا التلفاز
signed-in-guest-until = يُسجَّل خروجك عند المغادرة أو التبديل.
signed-in-guest-short = ضيف حتى تغادر
signed-in-here = تم تسجيل الدخول على هذا التلفاز
signed-in-not-granted = لم يُمنح: { $scopes }
signed-in-with = عبر { $host }
signed-in-pause-key = إيقاف مؤقت
signed-in-slides = عرض الشرائح
signed-in-slides-stop = إيقاف
signed-in-slides-go = تشغيل
signed-in-slides-turn = تصفح
signed-in-not-accepted = لا تقبل الخدمة تسجيل الدخول هذا
signed-in-sign-in = تسجيل الدخول مجددًا
