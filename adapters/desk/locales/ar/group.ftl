# The joint group: agreement, and the words of its lists (ar). Every language has the same keys; a test compares them.
room-group = المجموعة المختلطة
group-pages = صفحات المجموعة
group-tab-table = الطاولة
group-table-lead = ما ينتظر توقيعا، وما تأخر، وما اتُّفق عليه حديثا.
group-empty = لا شيء في الانتظار
group-empty-lead = اقترحوا قرارا أو ادعوا إلى اجتماع أو اقرؤوا بلاغا: يراه الطرف الآخر بمجرد عرضه.
group-none-here = لا توجد مجموعة
group-none-here-lead = توجد مجموعة حين توقع جميع الأطراف اتفاقا من جانب المجموعة وتكون وحدتكم مذكورة فيه.
group-to-sign = في انتظار توقيعنا
group-to-verify = في انتظار تحققنا
group-late = متأخر
group-diverging = تقديرات متباينة
group-they-sign = في انتظار توقيعهم
group-recent = اتُّفق عليه حديثا
group-waits-us = ينتظر توقيعنا
group-waits-them = ينتظر توقيعهم
group-agreed-tag = متفق عليه
group-agreed = النص المتفق عليه
group-your-signature = هذا النص ينتظر توقيعكم
group-their-signature = هذا النص ينتظر توقيعهم
group-amends = هذا العرض يعدل النص المتفق عليه: الإضافات والحذف مبينة.
group-offers-anew = يحل هذا العرض محل العرض السابق الذي لم يُقبل: الإضافات والحذف مبينة.
group-we-withdraw = طلبنا سحب هذا العرض. يبقى مفتوحا حتى يوافقوا.
group-they-withdraw = يطلبون سحب هذا العرض. يمكنكم الموافقة، أو التوقيع رغم ذلك.
group-waits-for = في انتظار:
group-accept-hint = التوقيع يُلزم إدارتكم. لا يتغير النص بعده إلا باتفاق جديد.
group-accept = توقيع هذا النص
group-release = الموافقة على السحب
group-ask-change = طلب تغيير
group-reason = ما ينبغي تغييره، ولماذا
group-reject = عدم التوقيع وطلب هذا التغيير
group-take-position = إبداء موقف
group-stance = موقفنا
group-stance-agrees = موافقة
group-stance-with-reservation = موافقة مع تحفظ
group-stance-objects = اعتراض
group-stance-no-position = دون موقف
group-statement = تصريح بعباراتكم
group-say-position = إبلاغ الموقف
group-withdraw = طلب سحب العرض
group-hash = بصمة ما وقعه الجميع:
group-proof = الإثبات
group-translate = إضافة ترجمة غير رسمية
group-translate-hint = لا تدخل في ما وُقّع وتحمل اسمكم. النسخ الموقعة وحدها ذات حجية.
group-courtesy = ترجمة غير رسمية · { $what }
group-language = اللغة
group-title = العنوان
group-text = النص
group-add-translation = إضافة الترجمة
group-breach-title = توقيعان متناقضان
group-breach = وقّع { $what } خلافا لتوقيعه: أولا في { $first }، ثم في { $second }. الإثباتان محفوظان.
group-comments = تبادل الآراء
group-no-comments = لم يُقل شيء بعد.
group-comment = ملاحظتكم، يراها الطرفان
group-say-comment = إرسال الملاحظة
group-ignored = لا يُحتسب:
group-own-note = خاص بنا
group-own-note-hint = لا تغادر هذه المذكرة هذه العقدة أبدا. لا يرى الطرف الآخر منها شيئا.
group-own-note-text = مذكرة داخلية
group-own-note-save = حفظ المذكرة
group-new-decision = اقتراح قرار
group-new-decision-lead = اكتبوا النص باللغات ذات الحجية. يُعرض على الطرف الآخر ولا يُلزم أحدا قبل توقيعه.
group-change-decision = اقتراح تغيير
group-change-lead = انطلقوا من النص الحالي. يرى الطرف الآخر كل فقرة تغيرت؛ ولا تسري التوقيعات السابقة على النص الجديد.
group-propose-change = اقتراح تغيير
group-offer = العرض على الطرف الآخر
group-offer-hint = العرض بمثابة توقيع منكم: لا يمكنكم توقيع نص آخر في الموضوع ما دام هذا مفتوحا.
group-yes = نعم
group-no = لا
group-none = لا يوجد
group-term-sectors = القطاعات
group-term-kind = النوع
group-term-start = البداية
group-term-end = النهاية
group-term-place = المكان
group-term-items = نقاط جدول الأعمال
group-term-effect = يسري ابتداء من
group-term-strand = المحور
group-term-state = الحالة
group-term-ended = انتهى
group-term-responsible = الطرف المسؤول
group-term-function = الوظيفة المسؤولة
group-term-due = الأجل
group-term-sector = القطاع
group-term-objective = هدف الاتفاق العالمي
group-term-sdg = غاية التنمية المستدامة
group-term-indicators = المؤشرات
group-term-public = قابل للنشر
group-term-closure = الإغلاق
group-term-code = الرمز
group-term-unit = الوحدة
group-term-measure = القياس
group-term-aggregation = التجميع
group-term-baseline = قيمة البداية
group-term-target = القيمة المستهدفة
group-term-embargo = حظر النشر إلى غاية

# group-kind
group-kind-group = المجموعة
group-kind-meeting = اجتماع
group-kind-item = نقطة
group-kind-decision = قرار
group-kind-commitment = التزام
group-kind-action = عمل
group-kind-minutes = محضر
group-kind-communique = بلاغ
group-kind-topic = موضوع
group-kind-indicator = مؤشر
group-kind-programme = برنامج
group-kind-practice = ممارسة
group-kind-expert = وظيفة خبيرة
group-kind-request = طلب خبرة
group-kind-mission = مهمة
group-kind-consultation = استشارة
group-kind-competence = عرض كفاءة

# group-standing
group-standing-open = مفتوح
group-standing-agreed = متفق عليه
group-standing-rejected = طُلب تغييره
group-standing-released = مسحوب
group-standing-void = تقاطع: يبقى عرض الرئاسة

# group-stage
group-stage-draft = مشروع
group-stage-convened = تمت الدعوة
group-stage-in-session = منعقد
group-stage-ended = منتهٍ
group-stage-postponed = مؤجل
group-stage-cancelled = ملغى
group-stage-proposed = مقترح
group-stage-accepted = مقبول
group-stage-declined = مرفوض
group-stage-deferred = مرجأ
group-stage-discussed = نوقش
group-stage-prepared = محضَّر
group-stage-circulated = معمَّم
group-stage-to-do = للإنجاز
group-stage-doing = قيد الإنجاز
group-stage-done = منجز
group-stage-pipeline = قيد الإعداد
group-stage-implementation = قيد التنفيذ
group-stage-finalisation = في طور الإنهاء
group-stage-closed = مغلق
group-stage-suspended = معلق
group-stage-peer-reviewed = راجعه نظير
group-stage-published = منشور بين الأطراف
group-stage-to-refresh = للتحيين
group-stage-submitted = مودع
group-stage-clarify = للتوضيح
group-stage-matched = مُلبّى
group-stage-delivered = منفذ
group-stage-evaluated = مقيَّم
group-stage-reported = قُدم التقرير
group-stage-open = مفتوح
group-stage-answered = تمت الإجابة
group-stage-active = نشط

# group-progress
group-progress-draft = مشروع
group-progress-proposed = مقترح
group-progress-dropped = متروك
group-progress-agreed = متفق عليه، لم يبدأ
group-progress-under-way = قيد التنفيذ
group-progress-reported-done = مصرح بإنجازه، في انتظار التحقق
group-progress-fulfilled = تم الوفاء به
group-progress-partly = تم الوفاء به جزئيا
group-progress-not-fulfilled = لم يتم الوفاء به
group-progress-ended = انتهى باتفاق

# group-flag
group-flag-on-track = في المسار
group-flag-at-risk = معرض للخطر
group-flag-blocked = متوقف
group-flag-late = متأخر
group-flag-disputed = محل خلاف

# group-sector
group-sector-interior = الداخلية
group-sector-justice = العدل
group-sector-foreign-affairs = الشؤون الخارجية
group-sector-health = الصحة
group-sector-labour = الشغل والتكوين
group-sector-education = التربية والبحث
group-sector-social = الشؤون الاجتماعية والسكن والأسرة
group-sector-local-government = الجماعات الترابية
group-sector-development = التعاون الإنمائي
group-sector-culture = الثقافة والشؤون الدينية
group-sector-rights = الحقوق وحماية المعطيات
group-sector-economy = الاقتصاد والمالية

# group-strand
group-strand-expertise = المعلومات والخبرة
group-strand-security = الأمن والاستباق
group-strand-borders = الحدود والاتجار
group-strand-prevention = الوقاية
group-strand-reintegration = إعادة الإدماج
group-strand-migration = الهجرة
group-strand-diaspora = الجالية
group-strand-institutions = المؤسسات

# group-meeting
group-meeting-plenary = جلسة عامة
group-meeting-technical = تقني
group-meeting-ministerial = وزاري

# group-closure
group-closure-fulfilled = تم الوفاء به
group-closure-partly = تم الوفاء به جزئيا
group-closure-not-fulfilled = لم يتم الوفاء به
group-closure-replaced = مستبدل
group-closure-withdrawn = مسحوب باتفاق

# group-measure
group-measure-unit = عدد
group-measure-percentage = نسبة مئوية
group-measure-nominal = سلم خاص
group-measure-ordinal = سلم مرتب
group-measure-qualitative = وصفي

# group-aggregation
group-aggregation-sum = المجموع
group-aggregation-mean = المتوسط
group-aggregation-last = آخر قيمة
group-aggregation-none = بدون

# group-gcm
group-gcm-1 = معطيات لسياسات قائمة على الوقائع
group-gcm-2 = الحد من دوافع الرحيل القسري
group-gcm-3 = الإخبار في كل مرحلة
group-gcm-4 = الهوية القانونية والوثائق
group-gcm-5 = مسالك نظامية متاحة
group-gcm-6 = تشغيل منصف وعمل لائق
group-gcm-7 = الحد من الهشاشة
group-gcm-8 = إنقاذ الأرواح والبحث عن المفقودين
group-gcm-9 = مكافحة تهريب المهاجرين
group-gcm-10 = مكافحة الاتجار بالأشخاص
group-gcm-11 = تدبير منسق للحدود
group-gcm-12 = مساطر واضحة ومتوقعة
group-gcm-13 = الاحتجاز كملاذ أخير
group-gcm-14 = الحماية القنصلية
group-gcm-15 = الولوج إلى الخدمات الأساسية
group-gcm-16 = الإدماج والتماسك
group-gcm-17 = مناهضة التمييز
group-gcm-18 = الاعتراف بالكفاءات والمؤهلات
group-gcm-19 = الجالية فاعل في التنمية
group-gcm-20 = تحويلات مالية أقل كلفة
group-gcm-21 = عودة كريمة وإعادة إدماج
group-gcm-22 = قابلية نقل الحقوق الاجتماعية
group-gcm-23 = التعاون الدولي

# done
done-offered = عُرض على الطرف الآخر
done-accepted = تم التوقيع
done-rejected = طُلب التغيير
done-withdrawn = طُلب السحب
done-let-go = تمت الموافقة على السحب
done-said = قيل للطرفين
done-noted = حُفظت المذكرة

# code
code-e-changed = قال أحدهم شيئا في هذه الأثناء. انظروا من جديد قبل الجواب.
code-e-offer-open = هناك عرض آخر مفتوح. أجيبوا عنه، أو اسحبوا عرضكم أولا.
code-e-not-open = لم يعد هذا العرض مفتوحا.
code-e-not-offered = لم يُعرض هذا النص.
code-e-base = تغير النص المتفق عليه منذ ذلك. انطلقوا منه.
code-e-again = قيل ذلك من قبل.
code-e-not-theirs = ذلك من اختصاص الطرف الآخر.
code-e-stage = لا يمكن الانتقال مباشرة إلى هذه المرحلة.
code-e-too-early = الوقت مبكر: على الطرف الآخر أن يتصرف أولا.
code-e-not-sealed = ليس هذا ما خُتم عليه.
code-e-kind = لا يقال ذلك عن مثل هذا الشيء.
code-e-shape = معطيات متناقضة أو ناقصة.
code-e-number = عدد غير صالح.

group-past =
    { $n ->
        [zero] لا عروض سابقة
        [one] عرض سابق واحد
        [two] عرضان سابقان
        [few] { $n } عروض سابقة
        [many] { $n } عرضا سابقا
       *[other] { $n } عرض سابق
    }
code-e-behind = ما قيل سابقا ما زال ينتظر السجل الآخر. أعيدوا المحاولة بعد لحظة.
