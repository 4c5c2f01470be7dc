# Partners, access policies, alarms, tokens, statistics (ar). Every language has the same keys; a test compares them.
opener-class = بالنسبة لصنف المعطيات: { $what }
opener-nobody = تنبيه: لا أحد في هذه الوحدة يستطيع فتح هذا الصنف اليوم.
opener-unpublished = لم ينشر هذا الشريك سياسة الولوج بعد: هو وحده يعلم من يفتح هذا داخل الوحدة.
alarm-look = الاطلاع واتخاذ القرار
link-contact = آخر اتصال
link-never = لا شيء بعد
link-error = آخر تعثر
link-next = المحاولة المقبلة
link-next-halted = لا محاولة: إنذار ينتظر قرارا
link-next-soon = حالما يوجد ما يتبادل
delivery-sum = المرسلة = المؤكدة + المنتظرة + المرفوضة
delivery-refused = المرفوضة
heads-title = ما وقعه كل طرف بالمشاركة
heads-lead = من يحوز حالة موقعة بالمشاركة يستطيع أن يثبت أن شيئا مما سبقها لم يحذف ولم يغير.
head-of = حالة
head-size = عدد القيود
head-when = متى
head-root = بصمة المحتوى
head-clock = حسب ساعة { $what }
head-show = عرض
head-our-journal = سجلنا، وقعه الشريك بالمشاركة
head-their-journal = سجل الشريك، وقعناه بالمشاركة
head-our-register = سجل عملياتنا، وقعه الشريك بالمشاركة
head-their-register = سجل عمليات الشريك، وقعناه بالمشاركة
policy-title = من يفتح ماذا لديه: سياسة الولوج المنشورة
policy-refused = تعذر اعتماد سياسته الأخيرة: { $what }
policy-issued = رقم { $number }، موقعة في { $time }
policy-unit = الوحدة
policy-class = صنف المعطيات
policy-roles = الأدوار التي تفتحه
policy-people = الأشخاص
policy-nobody = لا أحد
policy-none = لم ينشر هذا الشريك أي سياسة بعد.
card-number = رقم البطاقة
card-valid = صالحة إلى غاية
change-place = الموضع
change-before = قبل
change-after = بعد
change-nothing = لا شيء
alarm-what = ما الذي حدث
alarm-do = ما العمل
alarm-kept = لم يضع شيء: ما نريد إرساله ينتظر، وما بحوزتنا محفوظ.
alarm-evidence-lead = كل من يتوفر على بطاقتي الطرفين يستطيع التحقق منه بدوننا وبدون شبكة. وهو لا يتضمن أي محتوى.
alarm-download = تنزيل الدليل
alarm-show = عرض الدليل هنا
alarm-resume = استئناف التبادل
alarm-resume-lead = فقط بعد التحدث إلى الشريك عبر وسيلة أخرى ومعرفة ما حدث. ويدوَّن القرار في سجل العمليات.
alarm-why = لماذا يجوز استئناف التبادل
alarm-confirm = للتأكيد، اكتبوا { $what }
alarm-who-decides = يقرر مسير هذه العقدة بعد التحدث إلى الشريك.
alarm-wrong-why = بينوا في جملة لماذا يجوز استئناف التبادل.
alarm-equivocation-title = شريك وقع على تاريخين متناقضين
alarm-equivocation-what = وقع الشريك على حالتين لسجله لا يمكن أن تصحا معا. فإما أنه حذف قيدا أو غيره، أو أن مفاتيحه تستعمل في مكانين، أو أن نسخة قديمة أعيدت إلى الخدمة. التبادل معه متوقف.
alarm-equivocation-do = اتصلوا هاتفيا بالمسؤول الأمني لدى الشريك، واقرؤوا عليه وقت هذا الإنذار ورمزه، وأرسلوا الدليل. لا تستأنفوا إلا بعد أن يوضح الشريك أيهما الصحيح ولماذا، وأخبروا المكلف بحماية المعطيات.
alarm-behind-title = أعيدت هذه العقدة إلى نسخة أقدم
alarm-behind-what = يحوز الشريك قيودا من سجلنا أكثر مما لدينا، وعليها توقيعنا. قيود كنا قد أرسلناها مفقودة هنا، وغالبا بسبب استرجاع نسخة احتياطية. لا يجوز كتابة أي شيء إلى أن يسوى الأمر، وإلا وجد تاريخان.
alarm-behind-do = ابحثوا عن أحدث نسخة من مجلد هذه العقدة أو أحدث نسخة احتياطية واسترجعوها. وإن لم توجد، فاطلبوا من الشريك ما بحوزته قبل كتابة أي شيء.
alarm-register-title = أعيد سجل للعمليات إلى الوراء
alarm-register-what = سجل أحد الطرفين لم يعد امتدادا لما وقعه الطرف الآخر بالمشاركة: عمليات كانت مقيدة فيه مفقودة. والدليل يبين سجل من هو. إما أن نسخة قديمة استرجعت، أو أن أحدا أراد محو ما تم.
alarm-register-do = أخبروا المكلفين بحماية المعطيات لدى الطرفين واحتفظوا بالدليل. وإن كان السجل سجلنا فاسترجعوا أحدث نسخة منه. واستأنفوا حين يعلم الطرفان ما المفقود ولماذا.
alarm-other-title = أوقف التبادل
alarm-other-what = وجدت هذه العقدة في التبادل مع الشريك ما لا يستطيع تقديره إلا شخص.
alarm-other-do = اقرؤوا الدليل، وتحدثوا إلى الشريك عبر وسيلة أخرى، ثم قرروا.
access-title = من يفتح ماذا
access-lead = لكل وحدة وصنف من المعطيات، الأدوار التي يجوز لها فتحه هنا. يرى الشركاء هذا الجدول قبل أن يرسلوا إلينا أي شيء.
access-unpublished = لم ينشر شيء بعد: لا يعلم الشركاء من سيفتح ما يرسلونه.
access-empty = لا يوجد اتفاق موقع بعد، فلا صنف من المعطيات للبت فيه.
access-decided = تقرر هنا
access-holds = يسري ذلك فورا على الجميع هنا: من لم يعد له أن يفتح صنفا لا يجده.
access-publish = الحفظ والنشر
tokens = ولوج البرامج
tokens-lead = يعرف البرنامج بنفسه بسر. امنحوا كل برنامج سره الخاص، دون حقوق تفوق حاجته.
tokens-empty = لا برنامج له حق الولوج.
token-secret = السر الخاص بـ { $what }. يعرض هذه المرة فقط: انسخوه الآن.
token-name = الغرض منه
token-may = يجوز له
token-made = أنشئ في
token-revoke = سحب
token-new = منح برنامج حق الولوج
token-wrong-name = اكتبوا في سطر واحد الغرض من البرنامج.
scope-read = قراءة الوثائق والوصولات
scope-send = إرسال الوثائق وإضافة المرفقات
scope-admin = تسيير العقدة: الشركاء والاتفاقات والأشخاص والولوج
scope-audit = قراءة سجل العمليات
scope-group = قراءة ما يقال في المجموعة المختلطة
side-cases = جانب الملفات
side-group = جانب المجموعة المختلطة
people-unit-empty = لا أحد ينتمي إلى هذه الوحدة: ما يصل إليها لا يفتحه أحد.
people-no-unit = بدون وحدة
person-seen = آخر ظهور
person-not-seen = لا جلسة مفتوحة
settings-name = الاسم
settings-name-lead = الأسماء والوحدات مبينة في البطاقة الموقعة، وتتغير ببطاقة جديدة.
settings-accent = لوننا
accent-country = اللون المعتاد للبلد
accent-green = أخضر
accent-blue = أزرق
accent-violet = بنفسجي
accent-red = أحمر
accent-teal = أزرق مخضر
accent-brown = بني
settings-crest = أحرف الشارة
settings-crest-hint = من حرف إلى أربعة أحرف؛ رمز البلد إن ترك فارغا
session-here = هذه
sessions-own = جلساتكم
sessions-others = جلسات الآخرين
statistics = الإحصائيات
statistics-lead = الطلبات بيننا وبين شركائنا: عددها، وهل أجيب عنها في الأجل، وأسباب رفضها. أرقام فقط، دون شخص ولا ملف.
statistics-from = من شهر
statistics-until = إلى شهر
statistics-show = عرض
statistics-csv = تنزيل بصيغة CSV
statistics-empty = لا طلبات في هذه الفترة
statistics-figure = الطلبات حسب الشريك والاتجاه ومآلها؛ والأرقام في الجدول أدناه
statistics-table = الطلبات حسب الشريك والاتجاه والاستعجال
statistics-partner = الشريك
statistics-direction = الاتجاه
statistics-urgency = الاستعجال
statistics-asked = الطلبات
statistics-on-time = أجيب عنها في الأجل
statistics-late = أجيب عنها بعد الأجل
statistics-refused = مرفوضة
statistics-open = قيد الانتظار
statistics-overdue = متأخرة
statistics-rate = في الأجل
statistics-refusals = حالات الرفض حسب السبب
statistics-reason = السبب
statistics-percent = { $n }% من الأجوبة في الأجل
statistics-percent-short = { $n }%
statistics-no-rate = لا جواب بعد
statistics-source = وفق المادة 18 من التوجيه (الاتحاد الأوروبي) 2023/977. الأشهر هي أشهر الطلب بالتوقيت العالمي. يبدأ الأجل حين يتسلم الطرف المطلوب منه الطلب، وما لم يعلم ذلك فمن وقت الإرسال.
asked-sent = طلباتنا
asked-received = الطلبات الواردة علينا
done-resumed = استؤنف التبادل
done-access-published = حفظت ونشرت للشركاء
done-token-revoked = سحب حق الولوج
code-e-confirm = ما كتبتموه ليس معرف الشريك: لم يتم أي شيء.
code-e-period = الفترة شهران يكتبان بالصيغة سنة-شهر، والأول لا يلي الأخير، ولا تتجاوز عشر سنوات.
code-e-access-changed = قرر شخص آخر غير ذلك في هذه الأثناء. ترون الجدول على حاله الآن؛ ولم يحفظ شيء مما أدخلتم.
code-e-scope-empty = اختاروا أمرا واحدا على الأقل يجوز للبرنامج القيام به.
opener-people = { $n ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $n } أشخاص
    [many] { $n } شخصا
   *[other] { $n } شخص
}

count-years = { $n ->
    [zero] لا سنوات
    [one] سنة واحدة
    [two] سنتان
    [few] { $n } سنوات
    [many] { $n } سنة
   *[other] { $n } سنة
}
agreement-none = لا شيء
