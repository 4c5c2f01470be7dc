# What the desk says (ar). Every language has the same keys; a test compares them.

skip = انتقل إلى المحتوى
demonstration = عرض توضيحي
rooms = الفضاءات
sign-out = تسجيل الخروج
foot-node = العقدة:
help = مساعدة
accessibility = إمكانية الولوج
room-today = اليوم
room-cases = الملفات
room-search = البحث
room-register = سجل العمليات
room-partners = الشركاء والاتفاق
room-people = الأشخاص والإعدادات
fault-title = { $n ->
    [zero] لا شيء يجب مراجعته
    [one] نقطة واحدة تجب مراجعتها
    [two] نقطتان تجب مراجعتهما
    [few] { $n } نقاط تجب مراجعتها
    [many] { $n } نقطة تجب مراجعتها
   *[other] { $n } نقطة تجب مراجعتها
}
error-forbidden = لم يتم ذلك
error-absent = لا يوجد في هذا العنوان ما هو مفتوح لكم
error-conflict = هذا غير ممكن الآن
error-erased = محتوى هذه الوثيقة ممحو
error-large = هذا كبير جدا
error-refused = قاعدة تمنع ذلك
error-input = هناك ما لا يصح في ما أرسل
error-failed = تعذر على العقدة الجواب
error-kept = لم يضع شيء ولم ينجز شيء بشكل جزئي.
error-back = العودة إلى البداية
code-e-form-token = الصفحة قديمة: افتحوها من جديد وأعيدوا المحاولة.
code-e-form-origin = الاستمارة لم تأت من هذا الموقع.
code-e-draft-changed = حفظ شخص آخر صيغة أخرى في هذه الأثناء.
code-e-draft-state = هذه المسودة لا تنتظر شخصا ثانيا.
code-e-draft-incomplete = ما زالت هناك أجوبة ناقصة.
code-e-role-mix = ليس للمسير التقني أي دور آخر: من يدير العقدة لا يقرؤها.
code-e-role-empty = لكل شخص دور واحد على الأقل.
code-e-own-roles = لا يغير أحد أدواره بنفسه.
code-e-last-administrator = يجب أن يبقى من يسير العقدة.
code-e-person-known = هذا المعرف مستعمل من قبل.
code-e-person-changed = غير شخص آخر هذه البيانات في هذه الأثناء.
code-e-setup-link = استعمل هذا الرابط أو انتهت مدته. اطلبوا رابطا آخر من المسير التقني.
code-e-password-length = كلمة السر من 12 إلى 128 حرفا.
code-e-password-weak = كلمة السر هذه سهلة التخمين.
code-e-code = هذا الرمز غير صالح الآن. انتظروا الرمز الموالي.
code-e-log-unavailable = تعذرت الكتابة في سجل العمليات، لذلك لم يتم الإجراء.
sign-in = تسجيل الدخول
sign-in-name = المعرف
sign-in-password = كلمة السر
sign-in-code = رمز من ستة أرقام
sign-in-code-hint = الذي يظهر في تطبيق المصادقة
sign-in-wrong = المعرف أو كلمة السر أو الرمز غير صحيح. بعد محاولات كثيرة، انتظروا قليلا.
sign-in-again = انتهت جلستكم. سجلوا الدخول: ما كتبتموه محفوظ.
demo-title = حسابات العرض التوضيحي
demo-lead = حساب لكل دور، ونقرة واحدة تكفي. هذه العقدة للتجريب: لا تضعوا فيها معطيات حقيقية.
resume-title = نصكم محفوظ
resume-lead = أنتم متصلون من جديد. لم يضع شيء مما كتبتم.
resume-send = متابعة بهذا النص
setup-title = إعداد حسابكم
setup-until = الرابط صالح إلى غاية { $what }
setup-authenticator = تطبيق المصادقة
setup-authenticator-lead = صوروا هذه الصورة بالتطبيق أو اكتبوا المفتاح، ثم اكتبوا الرمز الذي يظهر.
setup-picture = صورة للتصوير بالتطبيق
setup-secret = المفتاح للكتابة
setup-confirm = إنهاء
setup-password = اختاروا كلمة سر
setup-password-hint = اثنا عشر حرفا على الأقل. جملة أفضل من كلمة معقدة.
setup-again = نفسها مرة أخرى
setup-differ = كلمتا السر مختلفتان.
continue = متابعة
save = حفظ
cancel = إلغاء
any = أيا كان
more = عرض المزيد
older = الأقدم
changed = معدل
why = لماذا
why-needed = اذكروا السبب أولا: لا يعرض شيء قبل ذلك.
no-subject = بدون موضوع ظاهر
today-greeting = ما ينتظركم، { $what }
today-empty = لا شيء ينتظركم
today-empty-lead = عندما يكتب شريك أو يحتاج إليكم زميل، يظهر ذلك هنا.
today-approve = للموافقة
today-approve-lead = مطلوب شخص ثان. ترون ما تغير منذ آخر اطلاع لكم.
today-answer = للجواب
today-answer-lead = يسري الأجل منذ أن قبلت عقدتكم الطلب.
today-explain = للتوضيح
today-explain-lead = يطلب الشريك توضيحا بشأن طلبكم.
today-acknowledge = ما ينتظر الإشعار بالتوصل
today-acknowledge-lead = وصل إليكم، والشريك ينتظر إشعاركم بالتوصل.
today-drafts = مسوداتكم
today-drafts-lead = قيد الكتابة أو موافق عليها أو معادة.
today-theirs = عند الشريك
today-theirs-lead = تنتظرون جوابهم.
write-new = كتابة
write-lead = تطلب الاستمارة ما يطلبه القانون، وتبين بجانبها من يستطيع الفتح.
cases-empty = لا ملفات بعد
cases-empty-lead = يبدأ الملف بطلب أو إخبار، منكم أو من شريك.
col-subject = الموضوع
col-stage = الوضع
col-party = مع
col-records = الوثائق
col-changed = آخر حدث
col-kind = النوع
col-when = متى
col-who = من قام به
col-deed = الإجراء
col-what = الموضوع
col-to = إلى من
col-why = لماذا
waits-for-us = دورنا
stage-told = تم الإخبار
stage-asked = مطلوب
stage-clarification = توضيح مطلوب
stage-partly-answered = جواب جزئي
stage-answered = أجيب عنه
stage-refused = مرفوض
stage-recalled = مسحوب
stage-closed = مغلق
kind-notice = إخبار
kind-request = طلب
kind-clarification = توضيح
kind-answer = جواب
kind-refusal = رفض
kind-acknowledgement = إشعار بالتوصل
kind-correction = تصحيح
kind-recall = سحب
kind-group = مساهمة في المجموعة المختلطة
kind-request-lead = طرح سؤال على الشريك؛ ويسري أجل للجواب.
kind-notice-lead = إبلاغ الشريك بشيء دون طلب.
urgency-urgent = عاجل
urgency-priority = ذو أولوية
urgency-normal = عادي
reason-not-held = المعلومة غير موجودة
reason-authorisation = يلزم إذن قضائي
reason-national-security = المصالح الأساسية للأمن الوطني
reason-investigation = بحث جار أو سلامة شخص
reason-disproportionate = غير متناسب أو غير ذي صلة
reason-scope = خارج الاتفاق
reason-rights = الحقوق الأساسية تمنع ذلك
reason-incomplete = طلب غير كامل دون توضيح
draft-writing = مسودة
draft-to-approve = ينتظر شخصا ثانيا
draft-approved = موافق عليه
draft-declined = معاد
draft-waits = ينتظر شخصا ثانيا بطلب من { $what }
draft-approved-by = وافق عليه { $what }
draft-declined-by = أعاده { $what }
draft-saves = يحفظ تلقائيا
draft-saved = تم الحفظ في الساعة %
draft-unsaved = لم يحفظ بعد
draft-sent-back = أعيد:
draft-check = المراجعة والمتابعة
draft-save = حفظ المسودة
draft-discard = حذف هذه المسودة
section-to = إلى من
section-text = الرسالة
section-law = لماذا وعلى أي أساس
section-persons = الأشخاص المعنيون
section-marks = الوسوم والمدة
field-channel = الاتفاق
field-unit = من طرف
field-to = الوحدات المرسل إليها
field-urgency = الاستعجال
field-urgency-reason = لماذا لا يمكن الانتظار
field-subject = الموضوع
field-text = النص
field-lang = لغة الرسالة
field-purpose = الغاية
field-basis = الأساس القانوني
field-offences = الجرائم
field-held-because = لماذا يعتقد أن الطرف الآخر يملكها
field-link = الصلة بين الشخص والغاية
field-limits = حدود الاستعمال
field-file = رقم ملفكم
field-reason = سبب الرفض
field-part = هل هذا هو الجواب كله؟
field-class = صنف المعطيات
field-personal = هل يتعلق الأمر بأشخاص؟
field-persons = عدد الأشخاص
field-categories = بأي صفة
field-nature = واقعة أم تقدير
field-assessor = الجهة التي تملك العناصر
field-as-of = صحيح بتاريخ
field-completeness = هل هذا كل ما لديكم؟
field-minors = قاصر: مصلحته الفضلى
field-special = أصناف خاصة
field-necessity = لماذا هو ضروري للغاية
field-ground = أساس النقل
field-ground-reference = مرجع الأساس
field-ground-reason = تعليل الأساس
field-balance = لماذا لا يرجح أي حق
field-origin = الدولة التي وردت منها المعطيات
field-origin-consent = إذنها
field-origin-threat = تهديد لم يترك وقتا للطلب
field-tainted = هل يمكن أن يكون ناتجا عن تعذيب أو انتهاك جسيم؟
field-protection = هل يطلب أحد الأشخاص الحماية؟
field-source = المصدر
field-information = المعلومة
field-tlp = حدود التداول (TLP)
field-pap = الأعمال المسموح بها (PAP)
field-handling = رمز المعالجة
field-caveats = شروط الاستعمال
field-review = تاريخ المراجعة
field-erasure = تاريخ المحو
hint-subject = سطر واحد دون اسم شخص
hint-special = لا تؤشروا إلا على ما يوجد فعلا في النص
hint-minors = يملأ فقط إذا تعلق الأمر بقاصر
hint-tainted = الشك بمثابة نعم
hint-protection = هذا الجواب لا يغادر عقدتكم أبدا
hint-origin = حرفان مثل ES؛ يترك فارغا إذا كانت المعطيات لكم
answer-yes = نعم
answer-no = لا
answer-unsure = غير متأكد
part-final = نعم، هذا كل شيء
part-partial = لا، ستأتي البقية
category-suspect = مشتبه فيه
category-about-to-commit = على وشك الارتكاب
category-convicted = محكوم عليه
category-victim = ضحية
category-other = شاهد أو جهة اتصال أو غيره
nature-fact = واقعة
nature-assessment = تقدير
completeness-complete = نعم، كله
completeness-partial = جزء
completeness-unknown = غير معروف
special-origin = الأصل العرقي أو الإثني
special-politics = الآراء السياسية
special-religion = الدين أو المعتقد
special-union = الانتماء النقابي
special-health = الصحة
special-genetic = معطيات جينية
special-biometric = معطيات بيومترية
special-sex-life = الحياة الجنسية
ground-adequacy = قرار الملاءمة
ground-instrument = صك قانوني ملزم
ground-assessment = تقييم ذاتي
ground-derogation = استثناء لهذه الحالة وحدها
ground-domestic = قانون دولة المصدر لا يطلبه
source-a = A — موثوق دائما
source-b = B — موثوق غالبا
source-c = C — غير موثوق غالبا
source-x = X — لا يمكن تقديره
information-1 = 1 — صحة لا شك فيها
information-2 = 2 — يعرفها المصدر شخصيا
information-3 = 3 — مؤيدة بغيرها
information-4 = 4 — غير معروفة ولا مؤيدة
handling-h0 = H0 — لمكافحة الجريمة فقط
handling-h1 = H1 — لا يستعمل أمام القضاء دون إذن
handling-h2 = H2 — لا ينشر دون إذن
handling-h3 = H3 — قيد آخر مكتوب
offence-terrorism = الإرهاب
offence-organised-crime = الجريمة المنظمة
offence-trafficking-in-persons = الاتجار بالأشخاص
offence-migrant-smuggling = تهريب المهاجرين
offence-drugs = الاتجار بالمخدرات
role-officer = موظف
role-approver = مسؤول الموافقة
role-analyst = محلل
role-secretary = كاتب
role-data-protection = حماية المعطيات
role-administrator = مسير تقني
role-supervisor = مشرف (اطلاع)
fault-empty = يجب ملؤه
fault-invalid = غير مناسب
panel-title = قبل الإرسال
panel-openers = من يستطيع فتحه
panel-nobody = لا أحد بعد: اختاروا الوحدات المرسل إليها.
panel-others = لا أحد غيرهم: النص مختوم لهذه الوحدات فقط.
panel-unknown-unit = وحدة غير معروفة
panel-rules = ما تقوله القواعد
ready-incomplete = ما زالت أجوبة ناقصة
ready-refused = لا يمكن إرساله هكذا
ready-second-person = يمكن إرساله بموافقة شخص ثان
ready-may-release = يمكن إرساله
effect-passes = محترمة:
effect-needs-approval = شخص ثان:
effect-refuses = رفض:
files-title = المرفقات
files-none = لا مرفقات
file-add = اختيار ملفات
file-send = إرفاق
file-remove = إزالة
file-travelling = في الطريق
check-title = مراجعة قبل الإرسال
check-change = تعديل
check-submit = طلب شخص ثان
check-release = إرسال
check-release-lead = بعد الإرسال لا تعدل الوثيقة: بل تصحح أو تسحب.
decide-title = قراركم
decide-approve = الموافقة على هذا بعينه
decide-decline = إعادة
decide-why = لماذا تعيدونه
decide-own = أنتم كتبتموه: يجب أن يوافق عليه شخص آخر.
conflict-title = كتب شخصان في الوقت نفسه
conflict-lead = لم يمح شيء. هذا ما يختلف عن صيغة { $what }.
conflict-field = الخانة
conflict-mine = صيغتكم
conflict-theirs = صيغتهم
conflict-keep-mine = الاحتفاظ بصيغتي
conflict-keep-theirs = الاحتفاظ بصيغتهم
case-earlier = المراسلات السابقة لهذا الملف
case-later = المراسلات اللاحقة لهذا الملف
case-named = مخصص لـ:
case-readers = من يقرأ هذا الملف
case-readers-label = أشخاص بالاسم
case-readers-hint = معرفات تفصلها مسافات؛ فارغ: الوحدة كلها
case-readers-save = تطبيق
due-title = ما بقي للإنجاز
due-ours-answer = علينا أن نجيب
due-ours-clarification = علينا أن نوضح
due-ours-acknowledgement = علينا الإشعار بالتوصل
due-theirs-answer = الجواب منتظر من: { $what }
due-theirs-clarification = التوضيح منتظر من: { $what }
due-theirs-acknowledgement = الإشعار بالتوصل منتظر من: { $what }
lane-ours = نحن
lane-theirs = الشريك
recalled = مسحوبة
restricted = مقيدة
conditions-title = يجب قبولها قبل الفتح
conditions-accept = أقبل وأفتح
bead-released = أرسلت
bead-held = استلمت
bead-accepted = قبلت
bead-read = قرئت
bead-refused = رفضت
bead-recalled = طلب سحبها
bead-erased = محيت
bead-erasure-refused = رفض محوها
proof-held = تأكيد من { $what } بتاريخ { $time } بأن هذه الوثيقة في حوزتها
proof-erased = طلب المحو: تم. تصريح من { $what } بتاريخ { $time }
proof-lead = يمكن التحقق من ملف الإثبات دوننا، بالبطاقتين فقط.
proof-download = تنزيل الإثبات
record-facts = الأساس والتفاصيل
record-author = الكاتب
record-id = الرقم
write-answer = جواب
write-clarification = طلب توضيح
write-explanation = توضيح
write-refusal = رفض
write-acknowledgement = الإشعار بالتوصل
write-request = طرح سؤال بشأنه
write-correction = تصحيح
write-recall = سحب
search-text = عم تبحثون؟
search-hint = كلمات وأسماء كما كتبت وأرقام؛ لا أثر للهمزة والحركات.
search-why = لماذا تبحثون؟
search-why-hint = يدوَّن في سجل العمليات قبل عرض النتائج.
search-do = بحث
search-none = لا شيء من هذا ضمن ما هو مفتوح لكم.
search-empty = اذكروا ما تبحثون عنه.
search-invalid = تاريخ أو اختيار غير صالح. لم يجر أي بحث.
search-party = صادر عن
register-lead = يُدوَّن كل إجراء قبل وقوعه. ويوقع الشريك معنا على حالة السجل دون أن يقرأ سطرا منه.
register-why = لماذا تقرؤون سجل العمليات؟
register-why-hint = مراقبة المشروعية أو الرقابة الذاتية أو السلامة أو مسطرة جنائية. القراءة نفسها إجراء.
register-refused = الإجراءات المرفوضة فقط
register-derogation = النقل الاستثنائي فقط
register-show = عرض
register-export = أخذ حزمة تدقيق
act-node = العقدة
act-draft = مسودة
act-erased = محتوى ممحو بانتهاء مدة الحفظ
act-refused = مرفوض
deed-sign-in = تسجيل الدخول
deed-sign-out = نهاية الجلسة
deed-consult = اطلاع
deed-search = بحث
deed-create = إنشاء
deed-alter = تعديل
deed-submit = طلب الموافقة
deed-approve = موافقة
deed-decline = إعادة
deed-transfer = إرسال
deed-collect = استلام
deed-recall = سحب
deed-restrict = تقييد
deed-lift = رفع التقييد
deed-review = مراجعة
deed-erase = محو
deed-export = إخراج
deed-read-register = قراءة سجل العمليات
deed-export-register = حزمة تدقيق
deed-partner = شريك
deed-agreement = اتفاق
deed-people = أشخاص
deed-settings = إعدادات
deed-backup = نسخة احتياطية
deed-break-glass = فتح استعجالي
deed-rights = حقوق شخص
deed-breach = خرق المعطيات
alarms-title = إنذار ينتظر قراركم
alarms-lead = وقع هذا الشريك على أمرين متناقضين. التبادل متوقف إلى أن يقرر شخص.
alarms-evidence = الدليل
partners-empty = لا شركاء بعد
partners-empty-lead = تبادلوا البطاقات واقرؤوا البصمة بصوت مسموع: passerelle pair.
partner-since = شريك منذ { $what }
partner-contact = آخر اتصال { $what }
partner-halted = التبادل متوقف
partner-card = البطاقة والبصمة
partner-units = الوحدات
partner-fingerprint = البصمة
partner-words = بالكلمات
delivery-title = التسليم
delivery-channel = الاتفاق
delivery-sent = المرسلة
delivery-receipted = المؤكدة
delivery-waiting = المنتظرة
delivery-received = المستلمة
delivery-compared = المقارنة
delivery-complete = السجلان متطابقان
delivery-open = ليس بعد
agreements-title = الاتفاقات
agreements-empty = لا اتفاق بعد.
agreement-in-force = ساري المفعول
agreement-missing = ينتظر توقيع { $what }
agreement-signatures = التوقيعات
agreement-purposes = الغايات والأسس القانونية
agreement-offences = الجرائم المشمولة
agreement-classes = من يفتح أي صنف من المعطيات
agreement-deadlines = آجال الجواب
agreement-retention = مدة الحفظ
agreement-changes = ما تغيره هذه الصيغة
agreement-text = النص الموقع بعينه
caveat-always = دائما
own-card = بطاقتنا
people-lead = من يسير العقدة لا يفتح محتواها.
person-title = شخص
person-new = إضافة شخص
person-id = المعرف
person-id-hint = أحرف لاتينية صغيرة وأرقام وشرطات؛ يظهر في الوثائق وفي سجل العمليات.
person-name = الاسم
person-function = الوظيفة
person-units = الوحدات
person-roles = الأدوار
person-state = الحالة
person-lang = اللغة
person-suspend = لا يمكنه تسجيل الدخول
person-suspended = موقوف
person-enrolled = نشيط
person-invited = مدعو
person-reset = إعادة تعيين الولوج
person-reset-lead = يمحو كلمة السر والمصادقة ويغلق الجلسات ويعطي رابطا جديدا.
link-title = رابط الإعداد
link-lead = يسلم إلى { $what } بطريقة آمنة. يعرض مرة واحدة وصالح 24 ساعة.
settings = الإعدادات
settings-zone = المنطقة الزمنية
settings-capital = الدول التي تبقي عقوبة الإعدام
settings-capital-hint = رموز من حرفين تفصلها مسافات
settings-caveat = شرط إلزامي لهذه الدول
settings-file = مرجع التصريح بالملف
settings-file-hint = وصل اللجنة الوطنية أو مادة الإعفاء (القانون 09-08)
settings-register = أيام حفظ محتوى سجل العمليات
settings-publisher = معرّف الناشر (المبادرة الدولية لشفافية المعونة)
settings-publisher-hint = السجل والرقم، مثل XM-DAC-2-10؛ وبدونه تحمل ملفات البرامج مرجعا مؤقتا
settings-answers = عدد الأيام التي تنتظرها أجوبة الجمهور قبل إتلافها
settings-wrong = أحد الإعدادات غير مناسب؛ لم يتغير شيء.
sessions = الجلسات المفتوحة
sessions-lead = أغلقوا ما لا تعرفونه.
session-device = الجهاز
session-began = منذ
session-used = آخر نشاط
session-end = إغلاق
help-lead = كل شيء ممكن بلوحة المفاتيح أو الفأرة، مع البرامج النصية أو دونها.
help-keys = اختصارات
accessibility-lead = أعدت هذه الصفحات وفق المعيار EN 301 549 وإرشادات WCAG 2.2 مستوى AA.
accessibility-gaps = لم تقيمها بعد جهة خارجية ولا مستعملو قارئات الشاشة.
accessibility-complain = هل من عائق؟ راسلوا مسير هذه العقدة؛ وفي غياب الجواب سلطة الرقابة في بلدكم.
done-saved = تم حفظ المسودة
done-submitted = طلب شخص ثان
done-approved = تمت الموافقة. يمكن للكاتب الإرسال.
done-declined = أعيد إلى الكاتب
done-released = أرسل وهو في الطريق
done-discarded = حذفت المسودة
done-file-added = أضيف المرفق
done-file-removed = أزيل المرفق
done-conditions-accepted = قبلت الشروط
done-restricted = قيدت الوثيقة
done-lifted = رفع التقييد
done-readers-changed = تغير قراء الملف
done-person-changed = عدل الشخص وأغلقت جلساته
done-settings-changed = عدلت الإعدادات
done-session-ended = أغلقت الجلسة
done-signed-out = تم تسجيل خروجكم
done-set-up = حسابكم جاهز: سجلوا الدخول
clock-left = بقي { $span }
clock-late = متأخر بمدة { $span }
span-hours = { $n } س و{ $m } د
span-minutes = { $n } د
count-records = { $n ->
    [zero] لا وثائق
    [one] وثيقة واحدة
    [two] وثيقتان
    [few] { $n } وثائق
    [many] { $n } وثيقة
   *[other] { $n } وثيقة
}
count-hours = { $n ->
    [zero] لا ساعات
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
count-days = { $n ->
    [zero] لا أيام
    [one] يوم واحد
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
}
search-found = { $n ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $n } نتائج
    [many] { $n } نتيجة
   *[other] { $n } نتيجة
}
register-size = { $n ->
    [zero] لا إجراءات في السجل
    [one] إجراء واحد في السجل
    [two] إجراءان في السجل
    [few] { $n } إجراءات في السجل
    [many] { $n } إجراء في السجل
   *[other] { $n } إجراء في السجل
}
panel-missing = { $n ->
    [zero] لا شيء ناقص
    [one] جواب واحد ناقص
    [two] جوابان ناقصان
    [few] { $n } أجوبة ناقصة
    [many] { $n } جوابا ناقصا
   *[other] { $n } جواب ناقص
}
panel-passed = { $n ->
    [zero] لا قواعد محترمة
    [one] قاعدة واحدة محترمة
    [two] قاعدتان محترمتان
    [few] { $n } قواعد محترمة
    [many] { $n } قاعدة محترمة
   *[other] { $n } قاعدة محترمة
}
check-differs = { $n ->
    [zero] لم يتغير شيء
    [one] خانة واحدة تغيرت منذ آخر اطلاع
    [two] خانتان تغيرتا منذ آخر اطلاع
    [few] { $n } خانات تغيرت منذ آخر اطلاع
    [many] { $n } خانة تغيرت منذ آخر اطلاع
   *[other] { $n } خانة تغيرت منذ آخر اطلاع
}
agreement-revision = الصيغة { $n }
span-days = { $n ->
    [zero] { $h } س
    [one] يوم واحد و{ $h } س
    [two] يومان و{ $h } س
    [few] { $n } أيام و{ $h } س
    [many] { $n } يوما و{ $h } س
   *[other] { $n } يوم و{ $h } س
}
register-purpose = إطار الاطلاع
register-purpose-lawfulness = مراقبة مشروعية المعالجة
register-purpose-self-monitoring = المراقبة الذاتية، بما فيها التأديبية
register-purpose-integrity = سلامة المعطيات وأمنها
register-purpose-criminal-proceedings = مسطرة جنائية
act-damaged = المحتوى تالف: انظر «passerelle doctor»
error-kept-absent = تحققوا من العنوان. وإذا أرسله إليكم زميل، فاسألوه عمن يمكنه فتح هذا الملف.
demo-group-cases = معالجة الملفات
demo-group-watch = المراقبة
demo-group-node = تسيير العقدة
today-empty-next = الكتابة إلى شريك
write-others = للجواب أو التصحيح أو السحب: افتحوا الملف، والأزرار تحت كل وثيقة.
col-standing = عند الشريك
fault-line = { $what }: { $why }
section-to-why = هذه الوحدات وحدها تستطيع فتح الرسالة.
section-text-why = اكتبوا كما تكتب رسالة: سيقرؤها المرسل إليه كما هي.
section-law-why = يطلب الاتفاق غاية وأساسا قانونيا، وهما يرافقان الرسالة.
section-persons-why = للمعطيات ذات الطابع الشخصي قواعدها؛ وإذا لم يكن هناك شخص معني، أجيبوا بلا وتابعوا.
section-marks-why = ما يجوز للمرسل إليه أن يفعله بها، ومدة حفظها.
files-why = تختم مع الرسالة، للوحدات نفسها فقط.
file-hint = أفلتوها هنا أو اختاروها. يرفض كل ملف ليس كما يدعي وكل أرشيف مفخخ.
file-progress = الإرسال جار
file-broken = انقطع الإرسال ولم يرفق شيء.
code-e-file-type = هذا الملف ليس كما يصرح به نوعه، ولم يرفق.
code-e-archive-size = يتضخم هذا الأرشيف بإفراط عند فتحه، ولم يرفق.
code-e-archive-entries = يحتوي هذا الأرشيف على ملفات كثيرة جدا، ولم يرفق.
code-e-archive-path = يكتب هذا الأرشيف خارج مجلده، ولم يرفق.
code-e-archive-malformed = هذا الأرشيف تالف أو ناقص، ولم يرفق.
code-e-too-large = تجاوزت خانة أو ملف الحجم المسموح به. ما حفظتموه باق.
fault-long = طويل جدا: اختصروه أو أرفقوه في ملف
bead-draft = مسودة
bead-to-approve = تنتظر شخصا ثانيا
bead-approved = موافق عليها
bead-declined = معادة
bead-complete = الملفات كاملة
bead-answered = أجيب عنها
bead-label = { $what } (المرحلة { $n } من { $of })
standing-with = وضع هذه الوثيقة عند:
erasure-asked = طلب المحو: لا جواب بعد من { $what }
erasure-refused-by = طلب المحو: رفض. تصريح من { $what } بتاريخ { $time }
erasure-unreachable = طلب المحو: تعذر الاتصال بـ{ $what } منذ { $time }
proof-open = فتح الإثبات
proof-title = إثبات التسليم
proof-verified = تحققت منه هذه العقدة الآن، في { $what }
proof-record = الرقم
proof-envelope = بصمة الوثيقة المختومة (SHA-256)
proof-salt = ملح الورقة
proof-place = الموضع في السجل
proof-leaf = الورقة { $n } من سجل عدد أوراقه { $of }
proof-root = الجذر الموقع من الطرفين
proof-cosignature = التوقيع المشترك
proof-cosigned = { $key }، في { $time }
proof-said = ما صرح به الشريك
proof-checkpoint = حالة السجل الموقعة
proof-own-card = بطاقتنا
proof-their-card = بطاقتهم
proof-back = العودة إلى الملف
proof-yourself = تحققوا بأنفسكم
proof-yourself-lead = على أي حاسوب ودون شبكة، بالملفات الثلاثة أعلاه:
letter-reference = المرجع:
letter-printed = طبع في
clock-until-hour = إلى غاية { $what }
clock-until-day = إلى غاية { $what }
help-way = من السؤال إلى سجل العمليات
help-way-write = يفتح زر «كتابة» استمارة تحفظ تلقائيا، وبجانبها من يستطيع فتحها وما تقوله القواعد.
help-way-check = يراجع زر «المراجعة والمتابعة» كل شيء. وإذا طلبت قاعدة ذلك، وافق شخص ثان على هذا النص بعينه.
help-way-release = يوقع زر «إرسال» الرسالة ويختمها ويرسلها، ويؤكد الشريك بالتوقيع المشترك.
help-way-follow = في الملف، يبين خط الحبات وضع كل وثيقة، ويفتح إثباتها بنقرة واحدة.
help-way-recall = يصحح الخطأ أو تسحب الوثيقة، ويصرح الشريك بالمحو موقعا. وكل خطوة مدونة في سجل العمليات.
help-key-write = كتابة
proof-path = { $n ->
    [zero] المسار إلى الجذر: لا بصمات
    [one] المسار إلى الجذر: بصمة واحدة
    [two] المسار إلى الجذر: بصمتان
    [few] المسار إلى الجذر: { $n } بصمات
    [many] المسار إلى الجذر: { $n } بصمة
   *[other] المسار إلى الجذر: { $n } بصمة
}
too-long-kept = هذا ما كتبتموه: انسخوه ثم عودوا إلى المسودة.
too-long-back = العودة إلى المسودة
