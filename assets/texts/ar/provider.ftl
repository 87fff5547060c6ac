# What the provider’s answers mean, and why there is none.

provider-expired = انتهت صلاحية الرمز.
provider-denied = رُفض تسجيل الدخول.
provider-ended = أنهى المزوّد تسجيل الدخول: { $why }
provider-quoted = { $ours } ({ $theirs })
provider-untypeable = لا يمكن عرض رمز المزوّد: فيه محارف لا يستطيع أحد كتابتها.
provider-no-device-flow = لا يسمح المزوّد لهذا التطبيق بتدفق الأجهزة: فعّل له نوع المنح «Device Code».
provider-unknown-client = لا يعرف المزوّد هذا التطبيق: تحقق من client_id.
provider-login-page = ردّ شيء آخر غير المزوّد. هل تتطلب هذه الشبكة تسجيل الدخول في متصفح أولًا؟
provider-no-code = لا يحتوي رد المزوّد على رمز: هل نقطة وصول الأجهزة صحيحة؟
provider-no-device-endpoint = ليس للمزوّد نقطة وصول للأجهزة على هذا العنوان: هل تدفق الأجهزة مفعّل هناك؟
provider-too-many = يتلقى المزوّد طلبات كثيرة الآن. حاول مجددًا بعد دقيقة.
provider-fault-now = لدى المزوّد عطل الآن (HTTP { $status }). حاول مجددًا بعد دقيقة.
provider-session-ended = انتهت الجلسة لدى المزوّد. يُرجى تسجيل الدخول مجددًا.
provider-refuses-renewal = يرفض المزوّد تجديد الجلسة ({ $error }).
provider-busy = المزوّد مشغول
provider-fault = لدى المزوّد عطل (HTTP { $status })
provider-somebody-else = ردّ شيء آخر غير المزوّد
provider-unreadable = تتعذّر قراءة رد المزوّد (HTTP { $status })
provider-too-large = ردّ { $host } بأكثر من 1 ميبيبايت
provider-slow = لم يردّ { $host } في الوقت المناسب
provider-not-found = تعذّر العثور على { $host }: هل الشبكة متصلة؟
provider-refused-connection = رفض { $host } الاتصال
provider-insecure = الاتصال مع { $host } غير آمن: هل ساعة هذا الجهاز صحيحة؟
provider-not-yet-valid = شهادة { $host } ليست سارية بعد: لا بد أن ساعة هذا التلفاز متأخرة
provider-expired-certificate = انتهت صلاحية شهادة { $host } بحسب ساعة هذا التلفاز: هل هي صحيحة؟
provider-no-network = تعذّر الوصول إلى { $host }: هل الشبكة متصلة؟
provider-unreachable = تعذّر الوصول إلى { $host }
provider-broken-off = انقطع الاتصال مع { $host }
provider-header = يتعذّر إرسال الترويسة «{ $name }»
provider-redirect = يحيل { $host } إلى عنوان آخر (HTTP { $status }): هل تتطلب هذه الشبكة تسجيل الدخول في متصفح أولًا؟ وإلا فإن provider.issuer ليس عنوان المزوّد نفسه
provider-page = يردّ عن { $host } شيء آخر غير مزوّد: هل تتطلب هذه الشبكة تسجيل الدخول في متصفح أولًا؟ وإلا فتحقق من provider.issuer
provider-issuer-slash = يجب كتابة المُصدِر تمامًا كما يكتبه المزوّد، بما في ذلك الشرطة المائلة: «{ $theirs }».
provider-issuer-differs = يسمّي المزوّد نفسه «{ $theirs }» لكن الإعدادات تقول «{ $ours }». اكتب المُصدِر تمامًا كما يكتبه المزوّد.
provider-endpoint-unusable = لا يمكن استخدام { $endpoint } الخاص بالمزوّد: { $why }.
provider-endpoint-missing = لا يذكر { $host } مكان { $endpoint }. هل تدفق الأجهزة مفعّل هناك؟ وإلا فعيّن provider.{ $endpoint } في الإعدادات.
provider-no-discovery = ليس لدى { $host } مستند اكتشاف. تحقق من provider.issuer أو عيّن provider.{ $endpoint } في الإعدادات.
provider-no-keys = لا ينشر المزوّد مفاتيحه: عيّن provider.jwks_uri أو احذف «openid» من provider.scope.
provider-keys-not-found = تعذّر العثور على مفاتيح المزوّد الآن.
provider-keys-status = تعذّر الحصول على مفاتيح المزوّد (HTTP { $status })
provider-keys-unreadable = تتعذّر قراءة مفاتيح المزوّد
provider-unknown-key = وقّع المزوّد بمفتاح لا ينشره.
provider-clock = ساعة هذا التلفاز { $skew }. اضبطها ثم سجّل الدخول مجددًا.
provider-ahead = متقدمة بمقدار { $amount }
provider-behind = متأخرة بمقدار { $amount }
provider-seconds = { $count } ث
provider-minutes = { $count } د
provider-hours = { $count } س
provider-days =
    { $count ->
        [two] يومين
        [few] { $count } أيام
       *[other] { $count } يومًا
    }
provider-untrusted = لا يمكن الوثوق بإثبات الهوية من المزوّد: { $why }.
provider-id-unsigned = ليس موقّعًا بطريقة يمكن التحقق منها
provider-id-algorithm = إنه موقّع بـ { $algorithm }، وهذا لا يثبت شيئًا هنا
provider-id-signature = توقيعه خاطئ أو ينقصه بيان
provider-id-issuer = إنه من «{ $theirs }» لا من «{ $ours }»
provider-id-other-app = أُعدّ لتطبيق آخر
provider-id-given-away = أُعطي لتطبيق آخر
provider-id-no-app = لا يذكر التطبيق الذي أُعطي له
provider-id-nobody = لا يسمّي أحدًا
provider-id-expired = انتهت صلاحيته
provider-id-future = تاريخه في المستقبل
provider-no-key = لا يستطيع هذا الجهاز إنشاء مفتاح لـ DPoP.
provider-key-unreadable = تتعذّر قراءة مفتاح DPoP الخاص بالجلسة.
provider-no-signature = لا يستطيع هذا الجهاز التوقيع بمفتاح DPoP الخاص به.
provider-unbound = أعطى المزوّد رمز وصول غير مرتبط بمفتاح هذا التلفاز مع أن الإعدادات تطلب ذلك. فعّل DPoP لهذا التطبيق هناك، أو احذف dpop من الإعدادات.
provider-bound = يعطي المزوّد رموز وصول مرتبطة بمفتاح: عيّن dpop = true في الإعدادات.
provider-unknown-kind = أعطى المزوّد رمز وصول من نوع لا يعرفه tenfoot («{ $kind }»).
provider-secret-file = تعذّرت قراءة سرّ التطبيق من { $path }: { $why }
provider-no-revocation = ليس لدى المزوّد طريقة لإنهاء الجلسة قبل أوانها.
provider-revocation-unknown = لا يمكن الآن سؤال المزوّد عن كيفية إنهاء الجلسة.
provider-not-revoked = لم ينهِ المزوّد الجلسة (HTTP { $status }).
provider-no-answer = لم يردّ المزوّد في الوقت المناسب.
