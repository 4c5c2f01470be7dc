# The joint group: expertise, prevention, programmes (ar).
learn-tab-expertise = الخبرة
learn-tab-prevention = الوقاية وإعادة الإدماج
learn-tab-programmes = البرامج
learn-tab-tables = اللوائح كملفات
learn-expertise-lead = ما يتقنه كل طرف ومن يستطيع إيفاده وما يحتاج إليه: ممارسات وخبراء حسب الوظيفة وطلبات ومهمات.
learn-prevention-lead = برامج وممارسات الوقاية وإعادة الإدماج وأرقام إجمالية. لا يظهر هنا أي مشارك، لا باسمه ولا بغير ذلك.
learn-programmes-lead = من يمول ومن ينفذ وأين وإلى متى. تُقرأ هنا ملفات الأنظمة الأخرى وتُقرأ ملفاتنا عندها.
learn-tables-lead = يمكن تحميل كل لائحة كملف CSV وتعديلها في جدول ثم إعادتها إلى هنا. وإذا لم تتغير فلا تقترح شيئا.
learn-tables-hint = العمود الأول هو اسم العنصر: اتركه كما هو، والسطر الذي لا اسم له جديد. الأعمدة المستخلصة من غيرها لا تُقرأ عند الإعادة.
learn-any = الكل
learn-show = عرض
learn-empty = لا شيء هنا بعد
learn-empty-lead = أضف العنصر الأول أو وسّع معايير العرض: يراه الطرف الآخر فورا.
learn-new-programme = برنامج جديد
learn-new-practice = ممارسة جديدة
learn-new-expert = وظيفة خبير جديدة
learn-new-request = طلب خبرة
learn-new-mission = إعداد مهمة
learn-new-competence = عرض كفاءة جديد
learn-lead-programme = برنامج كما ينبغي أن يعرفه الطرفان: الشركاء والبلدان والتواريخ والميزانية.
learn-lead-practice = بيّن المشكلة وما أُنجز. يراجعه الطرف الآخر قبل نشره بين الأطراف.
learn-lead-expert = وظيفة وما يمكن أن تساعد فيه، وليس الشخص الذي يشغلها.
learn-lead-request = بيّن الحاجة والنتيجة المنتظرة، ثم قدّم الطلب عند اكتماله.
learn-lead-mission = الإطار المرجعي والوظائف الموفدة والتواريخ، ثم التقرير وتوصياته.
learn-lead-competence = ما تعرضه منظمة من منظمات الجالية، دون أي ملف شخصي.
learn-all-programme = البرامج
learn-all-practice = الممارسات
learn-all-expert = الخبراء حسب الوظيفة
learn-all-request = طلبات الخبرة
learn-all-mission = المهمات
learn-all-competence = عروض الكفاءة
learn-iati-public = البرامج العمومية بصيغة IATI 2.03
learn-iati-all = جميع البرامج بصيغة IATI 2.03
learn-import = قراءة برامج من ملف
learn-import-lead = ترى أولا ما هو جديد وما هو مختلف وما يناقض نفسه. لا يُسجل شيء قبل اختيارك.
learn-import-iati = ملف أنشطة IATI، الإصدار 2.03
learn-import-file = ملف XML
learn-import-eutf = جدولان من صندوق الاتحاد الأوروبي الاستئماني لأفريقيا
learn-import-projects = المشاريع (CSV)
learn-import-results = النتائج (CSV)
learn-look = فحص الملف
learn-evidence-experience = تجربة
learn-evidence-monitored = متابَعة
learn-evidence-evaluated = مقيَّمة من جهة أخرى
learn-evidence-compared = مقيَّمة بالمقارنة
learn-evidence-least = مستوى الإثبات، على الأقل
learn-evaluation-due = حان وقت التقييم
learn-evaluation-on = التقييم يوم { $what }
learn-edit = تعديل هذا الوصف
learn-save = إبلاغه إلى الطرفين
learn-save-hint = يراه الطرفان فورا باسم إدارتكم.
learn-no-persons = الوظائف والمنظمات فقط: لا اسم ولا رقم ولا عنوان لأي شخص.
learn-wary = يبدو هذا من المعطيات ذات الطابع الشخصي
learn-wary-lead = لا أشخاص في هذا الجانب (القاعدتان G38 وG41). إذا لم يكن الأمر يتعلق بشخص فأكّد ذلك، وإلا فارجع واحذفه.
learn-wary-confirm = تحققتُ من كل ذلك: لا شيء منه معطيات شخصية
learn-transfer = ما يلزم لنجاحها في مكان آخر
learn-recommendation = التوصية { $n }
learn-recommendations = التوصيات
learn-to-commitment = اقتراحها كالتزام
learn-field-identifier = معرّف IATI
learn-field-funding = التمويل
learn-field-accountable = الجهة المسؤولة
learn-field-extending = تدبير الأموال
learn-field-implementing = التنفيذ
learn-field-sector = القطاع
learn-field-strand = المحور
learn-field-code = رمز الغرض
learn-field-objectives = أهداف الاتفاق العالمي
learn-field-countries = البلدان والحصص
learn-field-from = من
learn-field-until = إلى
learn-field-budget = الميزانية
learn-field-currency = العملة
learn-field-instalments = الميزانية حسب الفترة
learn-field-indicators = المؤشرات
learn-field-public = النشر
learn-field-sectors = القطاعات
learn-field-strands = المحاور
learn-field-languages = لغات العمل
learn-field-available = متاح ابتداء من
learn-field-host = المؤسسة المستضيفة
learn-field-needed = مطلوب إلى غاية
learn-field-functions = الموفدون حسب الوظيفة
learn-field-organisation = المنظمة
learn-field-stands = صالح إلى غاية
learn-field-audience = الفئة المستهدفة
learn-field-evidence = مستوى الإثبات
learn-field-contact = الوظيفة المرجعية
learn-field-refresh = تُراجع يوم
learn-hint-identifier = كما في السجل، مثلا XM-DAC-2-10-1234.
learn-hint-code = خمسة أرقام من لائحة لجنة المساعدة الإنمائية، مثلا 15190 للهجرة.
learn-hint-countries = حرفان وحصة، والمجموع 100: MA 60; BE 40.
learn-hint-currency = ثلاثة أحرف صغيرة: eur أو mad.
learn-hint-instalments = فترة في كل سطر، لا تتجاوز سنة: 2024-01-01 2024-12-31 600000. والمجموع هو مبلغ الميزانية.
learn-hint-funding = منظمة في كل سطر.
learn-hint-functions = وظيفة في كل سطر، مثلا مستشار في التكوين المهني.
learn-hint-audience = فئة بصفة عامة، مثلا شباب المدن، وليس هوية أفرادها.
learn-what = ما تقوله الإدارة المعنية
learn-now = الآن
learn-matched = تم اختياره
learn-open = فتح
learn-fits = ما يلائم هذا الطلب
learn-fits-hint = حسب القطاع والمحور واللغات والتواريخ. يختار الطرف الطالب بعد قبول الطلب.
learn-choose = اختيار ما تم تحديده
learn-reviews = المراجعات والتقييمات
learn-review = إضافة مراجعة
learn-words = بالكلمات
learn-grade = تنقيط من 1 (ضعيف) إلى 5 (ممتاز)
learn-grade-of = { $n } من 5
learn-step-draft = الرجوع إلى المسودة
learn-step-submitted = تقديم
learn-step-peer-reviewed = مراجعة
learn-step-published = نشر بين الأطراف
learn-step-to-refresh = طلب التحيين
learn-step-clarify = طرح سؤال
learn-step-accepted = قبول
learn-step-declined = رفض
learn-step-matched = تم إيجاد من يلبي الطلب
learn-step-delivered = أُنجز لفائدتنا
learn-step-evaluated = تقييم
learn-step-cancelled = إلغاء
learn-step-doing = البدء
learn-step-reported = تقديم التقرير
learn-step-suspended = تعليق
learn-step-active = استئناف
learn-step-closed = إغلاق
learn-step-implementation = قيد التنفيذ
learn-step-finalisation = في طور الإنهاء
learn-reason-sector = القطاع نفسه
learn-reason-strand = المحور نفسه
learn-reason-language = لغة مشتركة
learn-reason-in-time = متاح في الوقت
learn-reason-evaluated = مقيَّمة من جهة أخرى
learn-list-commitments = الالتزامات
learn-list-actions = الإجراءات
learn-list-items = نقاط جدول الأعمال
learn-list-indicators = المؤشرات
learn-list-observations = قيم المؤشرات
learn-list-programmes = البرامج
learn-list-practices = الممارسات
learn-list-experts = الخبراء حسب الوظيفة
learn-list-requests = طلبات الخبرة
learn-list-missions = المهمات
learn-list-topics = المواضيع
learn-list-competences = عروض الكفاءة
learn-download = تحميل بصيغة CSV
learn-columns = أعمدة هذا الملف
learn-bring = إعادة ملف معدل (CSV)
learn-becomes-offer = عرض ينتظر توقيع الطرف الآخر
learn-becomes-description = وصفنا الخاص
learn-becomes-step = خطوة موالية
learn-becomes-observation = قيمة نصرّح بها
learn-becomes-new = جديد
learn-row = السطر { $n }
learn-column = العمود { $what }
learn-place = السطر { $row }، العمود { $column }
learn-person-column = العمود { $column } («{ $header }») سيحتوي على { $holds }.
learn-holds-name = أسماء أشخاص
learn-holds-birth-date = تواريخ ميلاد
learn-holds-birth-place = أماكن ميلاد
learn-holds-document = أرقام وثائق هوية
learn-holds-register = أرقام سجل السكان
learn-holds-account = حسابات بنكية
learn-holds-phone = أرقام هاتف
learn-holds-email = عناوين بريد إلكتروني
learn-holds-address = عناوين سكن
learn-holds-nationality = جنسية أشخاص بعينهم
learn-holds-person = أشخاصا بعينهم
learn-refused-whole = لم يُقبل هذا الملف
learn-preview-lead = لم يُسجل شيء بعد.
learn-refused = ما لم يُقبل وأسبابه
learn-findings = أسئلة يطرحها هذا الملف
learn-changes = ما سيتغير
learn-col-place = الموضع
learn-col-what = العنصر
learn-col-becomes = ما سيصير إليه
learn-col-differs = الفرق
learn-col-why = السبب
learn-take-hint = ما تقترحه يصل إلى الطرف الآخر فورا، 200 على الأكثر في كل مرة.
learn-take-picked = اقتراح ما تم تحديده
learn-take-all = اقتراح كل هذه التغييرات
learn-back = اختيار ملف آخر
learn-iati-broken = الملف ليس ملف IATI 2.03 صالحا.
learn-q-iati-repeated = يصرح { $activity } بالقيمة { $actual } للمؤشر «{ $indicator }»، وهي مجرد تكرار لعقوده ({ $contracts }): الجمع يحسبها مرتين.
learn-q-iati-differs = يصرح { $activity } بالقيمة { $actual } للمؤشر «{ $indicator }»، بينما مجموع عقوده { $below }.
learn-q-iati-far-above = { $activity }: كان هدف «{ $indicator }» هو { $target } والمنجز { $actual }، أي أكثر من ثلاثة أضعاف.
learn-q-iati-above-decision = خصص { $activity } مبلغ { $actual } بينما تبلغ عقوده { $below }.
learn-q-iati-no-start = لا يتضمن { $activity } تاريخ بداية.
learn-q-iati-shares-assumed = يذكر { $activity } { $countries } من البلدان و{ $topics } من المواضيع دون حصص: افتُرضت حصص متساوية.
learn-q-iati-unknown-activity = توجد نتائج تخص { $activity } غير الوارد بين المشاريع.
learn-q-iati-rule = القاعدة { $rule } من المعيار غير محترمة في السطر { $line }: { $says }
learn-e-oda-forced-return = يتحدث { $activity } عن إعادة قسرية في قطاع الهجرة: لا يُحتسب ذلك مساعدة إنمائية.
code-e-table-rows = يتجاوز الملف 100.000 سطر. قسّمه إلى أجزاء.
code-e-table-columns = يتجاوز الملف 200 عمود.
code-e-table-size = الملف كبير جدا. قسّمه إلى أجزاء.
code-e-table-row-size = سطر طويل جدا، ربما لم تُغلق علامة اقتباس.
code-e-table-cell = خلية طويلة جدا.
code-e-table-no-headers = لا يتضمن الملف سطرا لأسماء الأعمدة.
code-e-table-empty-header = عمود بلا اسم.
code-e-table-same-header = عمودان بالاسم نفسه.
code-e-table-ragged = عدد خلايا سطر يختلف عن عدد الأعمدة، كما يحدث مع الخلايا المدمجة.
code-e-not-utf8 = النص ليس بترميز UTF-8. احفظ الجدول بصيغة CSV UTF-8.
code-e-table-control = خلية تتضمن رمزا خفيا غير مقبول.
code-e-table-source = تعذرت قراءة الملف إلى آخره.
code-e-table-missing = يجب ملء هذه الخلية.
code-e-table-value = الصيغة لا توافق ما يتطلبه هذا العمود.
code-e-table-yes-no = اكتب yes أو no.
code-e-table-cells = اكتب كل عدد هكذا: 12 female 18-25 Rabat، مع - لما لم يُذكر.
code-e-table-partners = اكتب كل شريك هكذا: implementing Enabel، شريك في كل سطر.
code-e-table-countries = اكتب البلدان مع حصصها: MA 60; BE 40.
code-e-table-parent = لا يتغير ما ينتمي إليه العنصر.
code-e-table-foreign-column = لا يوجد عمود كهذا في هذه اللائحة.
code-e-table-no-column = هذا العمود ناقص.
code-e-table-traces = شيء يشبه معطيات شخص. أكّد أنه ليس كذلك أو احذفه.
code-e-unknown = لا يوجد هنا شيء بهذا الاسم.
code-e-nothing-picked = حدّد سطرا واحدا على الأقل.
code-e-file-missing = اختر ملفا أولا.
code-e-iati-empty = لا يوجد بعد أي برنامج لكتابته.
code-e-iati-identifier = المعرّف غير صالح للاستعمال.
code-e-iati-title = لا يوجد عنوان صالح.
code-e-iati-text = يتضمن الوصف رموزا غير مقبولة.
code-e-iati-partner = اسم شريك غير صالح.
code-e-iati-no-country = لم يُذكر أي بلد.
code-e-iati-country = بلد غير مكتوب بحرفين.
code-e-iati-shares = مجموع حصص البلدان لا يساوي 100.
code-e-iati-currencies = المبالغ بعملات مختلفة.
code-e-iati-no-start = لا يوجد تاريخ بداية.
code-e-iati-sector = لا يوجد رمز قطاع.
learn-more-rows =
    { $n ->
        [zero] لا شيء معروض؛ ملف اللائحة يتضمن الكل.
        [one] الأحدث معروض؛ ملف اللائحة يتضمن الكل.
        [two] الأحدثان معروضان؛ ملف اللائحة يتضمن الكل.
        [few] أحدث { $n } عناصر معروضة؛ ملف اللائحة يتضمن الكل.
        [many] أحدث { $n } عنصرا معروضة؛ ملف اللائحة يتضمن الكل.
       *[other] أحدث { $n } عنصر معروضة؛ ملف اللائحة يتضمن الكل.
    }
learn-held =
    { $n ->
        [zero] لا أسطر
        [one] سطر واحد
        [two] سطران
        [few] { $n } أسطر
        [many] { $n } سطرا
       *[other] { $n } سطر
    }
learn-unchanged =
    { $n ->
        [zero] لا عنصر مطابق لما هو هنا.
        [one] عنصر واحد مطابق لما هو هنا.
        [two] عنصران مطابقان لما هو هنا.
        [few] { $n } عناصر مطابقة لما هو هنا.
        [many] { $n } عنصرا مطابقا لما هو هنا.
       *[other] { $n } عنصر مطابق لما هو هنا.
    }
learn-cells =
    { $n ->
        [zero] لا خلايا
        [one] خلية واحدة
        [two] خليتان
        [few] { $n } خلايا
        [many] { $n } خلية
       *[other] { $n } خلية
    }
learn-more-changes =
    { $n ->
        [zero] لا تغييرات.
        [one] تغيير واحد في المجموع.
        [two] تغييران في المجموع.
        [few] { $n } تغييرات في المجموع، والأولى معروضة.
        [many] { $n } تغييرا في المجموع، والأولى معروضة.
       *[other] { $n } تغيير في المجموع، والأولى معروضة.
    }
learn-said =
    { $n ->
        [zero] لم يُقترح أي تغيير.
        [one] اقتُرح تغيير واحد.
        [two] اقتُرح تغييران.
        [few] اقتُرحت { $n } تغييرات.
        [many] اقتُرح { $n } تغييرا.
       *[other] اقتُرح { $n } تغيير.
    }
learn-left =
    { $n ->
        [zero] لم يبق شيء.
        [one] بقي عنصر واحد: اقترح مرة أخرى للمتابعة.
        [two] بقي عنصران: اقترح مرة أخرى للمتابعة.
        [few] بقيت { $n } عناصر: اقترح مرة أخرى للمتابعة.
        [many] بقي { $n } عنصرا: اقترح مرة أخرى للمتابعة.
       *[other] بقي { $n } عنصر: اقترح مرة أخرى للمتابعة.
    }
learn-indicators-stay =
    { $n ->
        [zero] لا مؤشرات باقية في الملف.
        [one] يبقى مؤشر واحد في الملف: يتفق الأطراف على المؤشر قبل استعماله.
        [two] يبقى مؤشران في الملف: يتفق الأطراف على المؤشر قبل استعماله.
        [few] تبقى { $n } مؤشرات في الملف: يتفق الأطراف على المؤشر قبل استعماله.
        [many] يبقى { $n } مؤشرا في الملف: يتفق الأطراف على المؤشر قبل استعماله.
       *[other] يبقى { $n } مؤشر في الملف: يتفق الأطراف على المؤشر قبل استعماله.
    }
learn-q-iati-empty-rows =
    { $n ->
        [zero] لا أسطر نتائج فارغة.
        [one] سطر نتائج واحد بلا هدف ولا قيمة تُرك جانبا.
        [two] سطرا نتائج بلا هدف ولا قيمة تُركا جانبا.
        [few] { $n } أسطر نتائج بلا هدف ولا قيمة تُركت جانبا.
        [many] { $n } سطر نتائج بلا هدف ولا قيمة تُركت جانبا.
       *[other] { $n } سطر نتائج بلا هدف ولا قيمة تُركت جانبا.
    }
learn-q-iati-left-out =
    { $n ->
        [zero] لم يُترك أي عنصر من الملف.
        [one] عنصر واحد من الملف لا مكان له هنا وتُرك جانبا.
        [two] عنصران من الملف لا مكان لهما هنا وتُركا جانبا.
        [few] { $n } عناصر من الملف لا مكان لها هنا وتُركت جانبا.
        [many] { $n } عنصرا من الملف لا مكان لها هنا وتُركت جانبا.
       *[other] { $n } عنصر من الملف لا مكان لها هنا وتُركت جانبا.
    }
learn-q-iati-long-period =
    { $n ->
        [zero] لا يصرح { $activity } بأي مؤشر من { $from } إلى { $until }.
        [one] يصرح { $activity } بمؤشر واحد من { $from } إلى { $until }، أي أكثر من سنة.
        [two] يصرح { $activity } بمؤشرين من { $from } إلى { $until }، أي أكثر من سنة.
        [few] يصرح { $activity } بـ{ $n } مؤشرات من { $from } إلى { $until }، أي أكثر من سنة.
        [many] يصرح { $activity } بـ{ $n } مؤشرا من { $from } إلى { $until }، أي أكثر من سنة.
       *[other] يصرح { $activity } بـ{ $n } مؤشر من { $from } إلى { $until }، أي أكثر من سنة.
    }
