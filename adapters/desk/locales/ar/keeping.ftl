# What is kept, restricted, erased; rights and breaches (ar). Every language has the same keys; a test compares them.

# The room.
room-keeping = الحفظ
keeping-lead = ما ينتظر قرارا: المراجعات والتقييدات وعمليات المحو والطلبات والخروقات. لا يعرض هنا أي مضمون.
keeping-link = حفظ هذه الوثيقة
keeping-record = حفظ وثيقة
keeping-overdue = مراجعات متأخرة
keeping-overdue-empty = لا توجد مراجعة متأخرة. الوثيقة التي تأخرت مراجعتها تُقيَّد تلقائيا.
keeping-soon = للمراجعة خلال ثلاثين يوما
keeping-soon-empty = لا شيء للمراجعة خلال شهر.
keeping-restricted = وثائق مقيدة
keeping-restricted-empty = لا شيء. قيدوا الوثيقة من صفحتها عندما تكون صحتها محل نزاع.
keeping-held = محفوظة كدليل
keeping-held-empty = لا شيء. كل محو يطلب في هذه الأثناء يرفض بتصريح موقع ثم ينفذ عند رفع الحفظ.
keeping-pending = عمليات محو جارية لدى الشركاء
keeping-pending-empty = لا شيء. كل ما تم استرجاعه يظهر هنا إلى أن يصرح كل شريك بما فعله.
keeping-register = في سجل العمليات
keeping-register-lead = يسأل سجل العمليات عن السبب قبل العرض.
keeping-all-glass = كل عمليات الفتح الاستعجالي
keeping-glass = عمليات فتح استعجالي للفحص
keeping-glass-empty = لا توجد أي عملية فتح استعجالي في انتظار الفحص.
keeping-glass-own = هذه العملية لكم: يفحصها شخص آخر.
keeping-finding = ما عاينتموه
glass-justified = كانت حالة استعجال
glass-not-justified = لم تكن حالة استعجال
glass-open = فتح استعجالي
glass-lead = وثيقة واحدة فقط ولمدة ساعة. يدوَّن ذلك قبل الفتح، ثم يفحصه شخص آخر.
glass-party = مصدر الوثيقة
glass-record = معرف الوثيقة
glass-conditions = ألتزم بشروط الاستعمال المرفقة به
glass-until = مفتوح استعجاليا إلى غاية { $what }

# One record.
keeping-review-by = للمراجعة في { $what }
keeping-erasure-waits = محو في الانتظار
keeping-own-gone = نسختنا ممحوة
keeping-own-waits = تمحى نسختنا عندما يجيب الجميع
keeping-own-here = نسختنا لا تزال هنا
copy-asked = مطلوب
copy-done = تم
copy-refused = مرفوض
copy-unreachable = تعذر الاتصال
keeping-is-restricted = مقيدة
keeping-is-held = محفوظ كدليل
keeping-is-overdue = مراجعة متأخرة: مقيدة
keeping-erased = المضمون ممحو
keeping-released = تاريخ الإرسال
keeping-next-review = المراجعة المقبلة
keeping-erasure-day = المحو
keeping-hold-by = حفظ كدليل، بقرار من
keeping-restricted-by = قيدها
keeping-reviewed-by = آخر مراجعة
keeping-file = مرفق
keeping-partners = لدى الشركاء
keeping-review = مراجعة
keeping-until = الاحتفاظ به ومراجعته في
keeping-latest = في أجل أقصاه { $what }
keeping-keep = الاحتفاظ به إلى هذا التاريخ
keeping-erase = محو الآن
keeping-own = نسختنا
keeping-own-lead = لقد سحبتم هذه الوثيقة. يمكن محو نسختنا أيضا.
keeping-own-stated = عندما يجيب الجميع
keeping-own-now = محوها الآن
keeping-restrict = التقييد
keeping-restrict-lead = عند تقييدها تظل ظاهرة بهذه الصفة، ولا تظهر في البحث ولا تستعمل دون فحص جديد.
keeping-lift-lead = يخبر الشخص المعني قبل رفع التقييد.
keeping-lift-free = لم ينازع الشخص المعني في صحة المعطيات: لا يلزم إخبار أحد قبل رفع التقييد.
keeping-contested = ينازع الشخص المعني في صحة المعطيات: يخبر قبل رفع التقييد
keeping-told = تم إخبار الشخص المعني
keeping-restrict-do = تقييد
keeping-lift-do = رفع التقييد
keeping-hold = الحفظ كدليل
keeping-hold-lead = لا يمحى إلى التاريخ المحدد. كل استرجاع يرد في هذه الأثناء يرفض بتصريح يطلع عليه المرسل.
keeping-hold-until = إلى غاية
keeping-hold-do = حفظ
keeping-lift-hold-lead = عند رفع الحفظ ينفذ المحو المؤجل فورا ويصرح به للمرسل.
keeping-lift-hold-do = رفع الحفظ
keeping-open = فتح من أجل القرار
keeping-open-lead = يدوَّن السبب في سجل العمليات قبل الفتح.
keeping-closed-lead = تقررون في حفظها دون فتحها. قيدوها أولا لقراءتها واتخاذ القرار.
keeping-opened-note = دُوِّن هذا الاطلاع في سجل العمليات.

# Requests of data subjects.
keeping-rights = طلبات الأشخاص المعنيين
keeping-rights-empty = لا يوجد طلب مفتوح. دوِّنوا الطلب فور تلقيه: الأجل شهر واحد.
rights-new = تدوين طلب
rights-subject = مرجع الشخص
rights-subject-hint = بعبارتكم؛ مرجع بدل الاسم.
rights-kind = موضوع الطلب
rights-received = تاريخ التلقي
rights-received-on = تم التلقي في { $what }
rights-how = كيفية وروده
rights-answered = طلبات تم الجواب عنها
rights-late = انقضى الأجل
rights-identified-how = كيف تم التحقق من الهوية
rights-consult = استشارة شريك
rights-consult-lead = إذا كانت المعطيات واردة منه، يستشار قبل الجواب.
rights-heard-what = بماذا أجاب
rights-answer = الجواب
rights-reasons = الأسباب
rights-reasons-hint = تحفظ لسلطة المراقبة ولا ترسل إلى الشخص.
right-access = الولوج
right-rectification = التصحيح
right-erasure = المحو
right-objection = التعرض
answer-granted = استجابة
answer-partial = استجابة جزئية
answer-refused = رفض
answer-neither-nor = لا تأكيد ولا نفي
keeping-answer-by = الجواب قبل { $what }

# Breaches.
keeping-breaches = الخروقات
keeping-breaches-empty = لا يوجد خرق مفتوح. دوِّنوه فور العلم به: 72 ساعة للإخطار.
breach-new = تدوين خرق
breach-title = في سطر واحد
breach-known = معلوم منذ
breach-known-since = معلوم منذ { $what }
breach-partners = الشركاء المعنيون، يخبرون دون تأخير
breach-what = ما الذي حدث
breach-closed = مغلق
breaches-closed = خروقات مغلقة
breach-late = انقضت 72 ساعة
breach-notify-by = الإخطار قبل { $what }
breach-untold = { $n ->
    [zero] لا شريك للإخبار
    [one] شريك واحد للإخبار
    [two] شريكان للإخبار
    [few] { $n } شركاء للإخبار
    [many] { $n } شريكا للإخبار
   *[other] { $n } شريك للإخبار
}
breach-tell = إخبار { $what }
breach-told-how = متى وكيف
breach-authority = سلطة المراقبة
breach-reference = مرجع الإخطار، أو سبب عدم لزومه
breach-concerns = شريك آخر معني

# Steps of both.
steps = ما تم القيام به
take-down = تدوين
step-note = ملاحظة
step-identified = التحقق من الهوية
step-consulted = { $what }: تمت استشارته
step-heard = { $what }: الجواب
step-answered = تم الجواب: { $what }
step-concerns = { $what }: معني
step-told = { $what }: تم إخباره
step-notified = تم إخطار السلطة
step-no-risk = لا خطر: دون إخطار
step-persons-told = تم إخبار الأشخاص المعنيين
step-closed = مغلق

# Today.
today-keeping = للقرار
today-keeping-lead = الخروقات والطلبات وعمليات الفتح الاستعجالي والمراجعات المتأخرة.
duty-rights = طلب شخص معني
duty-breach = خرق
duty-glass = فتح استعجالي للفحص
duty-review = مراجعة متأخرة

# The register.
register-outcome = النتيجة
outcome-done = تم
outcome-refused = مرفوض
register-code = رمز القاعدة
register-party = المصدر أو الشريك
register-record = الوثيقة
register-from = من تاريخ
register-until = إلى تاريخ
register-filter-wrong = أحد المعايير غير صالح؛ بالنسبة للوثيقة اذكروا مصدرها أيضا.

# What was done, and what was not.
done-reviewed = دُوِّنت المراجعة
done-held = محفوظ كدليل
done-hold-lifted = رفع الحفظ
done-own-copy = تمحى نسختنا عندما يجيب الجميع
done-erased-now = تم المحو هنا ومن كل ما استخرج منه
done-glass-judged = دُوِّنت معاينتكم
done-taken-down = تم التدوين
code-e-not-recalled = لا تمحى قبل تاريخها إلا نسخة ما تم استرجاعه.
code-e-not-delivered = لم يتوصل به أحد الشركاء بعد: اتركوا نسختنا إلى أن يجيب الجميع.
code-e-no-hold = هذه الوثيقة غير محفوظة كدليل.
code-e-keeping-changed = قرر شخص آخر في هذه الأثناء: أعيدوا الاطلاع. لم يتغير شيء.
code-e-rights-step = هذه الخطوة غير مناسبة: الهوية أولا ثم الشركاء المستشارون ثم الجواب.
code-e-breach-step = هذه الخطوة غير مناسبة: تخبر السلطة وكل شريك قبل الإغلاق.
code-e-date = لا يمكن أن يكون هذا التاريخ في المستقبل.

thing-rights = طلب شخص معني
thing-breach = خرق للمعطيات
thing-report = تبليغ سري
thing-processing = سجل المعالجات
thing-search = بحث
thing-access-policy = سياسة الولوج
thing-register = سجل العمليات
thing-text = نص
thing-agreement = اتفاق
thing-token = رمز ولوج
thing-settings = إعدادات
