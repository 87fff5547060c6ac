# What the provider’s answers mean, and why there is none.

provider-expired = انتهت صلاحية الرمز.
provider-denied = رُفض تسجيل الدخول.
provider-quoted = { $ours } ({ $theirs })
provider-untypeable = لا يمكن عرض رمز المزوّد: فيه محارف لا يستطيع أحد كتابتها.
provider-no-code = لا يحتوي رد المزوّد على رمز: هل نقطة وصول الأجهزة صحيحة؟
provider-no-device-endpoint = ليس للمزوّد نقطة وصول للأجهزة على هذا العنوان: هل تدفق الأجهزة مفعّل هناك؟
provider-session-ended = انتهت الجلسة لدى المزوّد. يُرجى تسجيل الدخول مجددًا.
provider-refuses-renewal = يرفض المزوّد تجديد الجلسة.
provider-unreadable = لا يمكن قراءة رد المزوّد (HTTP { $status }).
provider-issuer-slash = يجب كتابة المُصدِر تمامًا كما يكتبه المزوّد، بما في ذلك الشرطة المائلة: «{ $theirs }».
provider-issuer-differs = يسمّي المزوّد نفسه «{ $theirs }» لكن الإعدادات تقول «{ $ours }». اكتب المُصدِر تمامًا كما يكتبه المزوّد.
provider-endpoint-unusable = لا يمكن استخدام { $endpoint } الخاص بالمزوّد: { $why }.
provider-endpoint-missing = لا يذكر { $host } مكان { $endpoint }. هل تدفق الأجهزة مفعّل هناك؟ وإلا فعيّن provider.{ $endpoint } في الإعدادات.
provider-no-discovery = ليس لدى { $host } مستند اكتشاف هناك. تحقّق من provider.issuer: ربما ينقصه المسار كما في ⁦https://{ $host }/realms/NAME⁩. أو عيّن ⁦provider.{ $endpoint }⁩ في الإعدادات.
provider-endpoint-local = يذكر { $host } لـ { $endpoint } عنوانًا على هذا الجهاز أو على شبكته: { $address }. إن كان صحيحًا فعيّن ⁦provider.{ $endpoint }⁩ في الإعدادات.
provider-preset-elsewhere = لا يعرف الإعداد المسبق لـ { $name } إلا { $endpoint } الخاص بالخدمة العامة، و{ $host } خادم آخر. عيّن ⁦provider.{ $endpoint }⁩ في الإعدادات.
provider-no-keys = لا ينشر المزوّد مفاتيحه: عيّن provider.jwks_uri أو احذف «openid» من provider.scope.
provider-keys-not-found = تعذّر العثور على مفاتيح المزوّد الآن.
provider-keys-status = تعذّر الحصول على مفاتيح المزوّد (HTTP { $status }).
provider-keys-unreadable = لا يمكن قراءة مفاتيح المزوّد.
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
provider-id-encrypted = إنه مشفّر وليس لدى tenfoot مفتاح له. أوقف تشفير رموز الهوية (ID token) لهذا التطبيق لدى المزوّد
provider-id-critical = ترويسته تشترط شيئًا لا يعرفه tenfoot ‏(crit)
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
provider-rate-limited = يتلقى المزوّد طلبات كثيرة جدًا الآن.
provider-server-error = لدى المزوّد مشكلة الآن (HTTP { $status }).
provider-answer-lost = ضاع رد المزوّد في الطريق، ولم يعد الرمز صالحًا. يُرجى المحاولة مرة أخرى.
provider-unusable-verification-uri = لا يحتوي رد المزوّد على عنوان يمكن فتحه على هاتف.
refused-invalid-grant = لا يقبل المزوّد الرمز.
refused-access-denied = رفض المزوّد الطلب.
refused-unknown-client = لا يعرف المزوّد هذا التطبيق. تحقّق من client_id.
refused-secret-missing = لا يقبل المزوّد هذا التطبيق بدون سر. تحقّق من client_id؛ وإن كان للتطبيق سر فعيّن client_secret_file.
refused-secret = لا يقبل المزوّد سر هذا التطبيق. تحقّق من client_secret_file.
refused-secret-needless = هذا التطبيق عام ويجب ألا يرسل سرًّا. احذف client_secret_file.
refused-grant = لا يسمح المزوّد لهذا التطبيق بتدفق الأجهزة. فعّل له نوع المنح «Device Code» هناك.
refused-scope = لا يقبل المزوّد هذه النطاقات. تحقّق من provider.scope.
refused-audience = لا يعرف المزوّد واجهة API التي يشير إليها provider.audience (أو resource).
refused-api-access = لا يسمح المزوّد لهذا التطبيق باستخدام واجهة API التي يشير إليها provider.audience.
refused-pkce = يتطلب المزوّد PKCE. عيّن pkce = true في الإعدادات.
refused-dpop = يتطلب المزوّد DPoP. عيّن dpop = true في الإعدادات.
refused-encoding = لا يقبل المزوّد الطلبات بهذه الصيغة (HTTP 415). عيّن encoding في الإعدادات.
refused-other = رفض المزوّد تنفيذ الطلب.
