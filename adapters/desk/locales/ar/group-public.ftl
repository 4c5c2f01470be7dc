# المجموعة المختلطة: الاستشارات والبلاغات والموقع العمومي (ar).

group-tab-consultations = الاستشارات
group-tab-communiques = البلاغات

group-communiques = البلاغات
group-communiques-lead = نصوص موجهة إلى العموم. يُنشر البلاغ بعد توقيعه من جميع الأطراف وانتهاء أجل حظر نشره.
group-communiques-empty = لا يوجد أي بلاغ بعد. حرّروا بلاغا واعرضوه على الطرف الآخر.
group-new-communique = بلاغ جديد
group-change-communique = اقتراح تعديل البلاغ
group-communique-lead = كل صيغة لغوية تملؤونها أصلية: تُوقَّع جميع الصيغ معا.
group-communique-not-agreed = لم يُتفق عليه بعد
group-public-since = منشور منذ { $what }
group-embargo-until = حظر النشر إلى غاية { $what }
group-embargo-hint = قبل هذا الموعد لا يطّلع أحد من خارج المجموعة على النص، ولو كان متفقا عليه.

group-consultations = الاستشارات
group-consultations-lead = أسئلة موجهة إلى المنظمات وأجوبتها وما تُوبع به؛ وعروض الكفاءات التي تقدمها المنظمات.
group-consultations-empty = لم تُستشر أي جهة بعد. حرّروا سؤالا، ثم افتحوه عندما يصبح جاهزا.
group-new-consultation = استشارة جديدة
group-new-consultation-lead = تُوجَّه الأسئلة إلى المنظمات، لا إلى أشخاص بعينهم. حرّروا السؤال بكل لغة يُطرح بها.
group-consult-hint = تبقى الاستشارة مشروعا إلى أن تفتحوها. بعد ذلك تظهر في الصفحة العمومية التي تتلقى الأجوبة طوال هذه المدة.
group-consult-save = الاحتفاظ بها كمشروع
group-consult-by = الجهة السائلة
group-consult-question = السؤال
group-consult-open = فتح الاستشارة
group-consult-close = إقفال الاستشارة: لا أجوبة بعد الآن
group-consult-reply = الإخبار بما تُوبع به
group-consult-reply-hint = يُنشر مع الأجوبة. بيّنوا ما أُخذ به وما لم يؤخذ به، ولماذا.
group-consult-answer = نشر ما تُوبع به
group-consult-none = لم يُعتمد أي جواب بعد.
group-consult-type-in = إضافة جواب ورد بالبريد أو في اجتماع
group-consult-add = إضافة الجواب
group-waiting-answers = { $n ->
    [zero] لا أجوبة للاطلاع عليها
    [one] جواب واحد للاطلاع عليه
    [two] جوابان للاطلاع عليهما
    [few] { $n } أجوبة للاطلاع عليها
    [many] { $n } جوابا للاطلاع عليه
   *[other] { $n } جواب للاطلاع عليه
}
group-waiting-hint = وردت عبر الصفحة العمومية ولا توجد إلا هنا. اعتمدوا الجواب لنشره وإبلاغه إلى الطرف الآخر، أو استبعدوه لإتلافه.
group-waiting-looked = اطلعتُ على المواضع المعلَّمة: لا شيء فيها يخص شخصا بعينه.
group-waiting-take = اعتماد ونشر
group-waiting-drop = استبعاد
group-mark-mail = عنوان بريد إلكتروني
group-mark-phone = رقم هاتف
group-mark-account = حساب بنكي
group-mark-birth = تاريخ ازدياد
group-mark-document = رقم وثيقة
group-mark-person = معطيات شخص

group-new-competence = عرض كفاءات جديد


done-consult-opened = فُتحت الاستشارة
done-consult-closed = أُقفلت الاستشارة
done-consult-told = نُشر ما تُوبع به
done-answer-taken = اعتُمد الجواب ونُشر
done-answer-dropped = استُبعد الجواب وأُتلف

# الموقع العمومي
public-rooms = الصفحات
public-home = الاستقبال
public-lead = ما اتفقت عليه إدارات هذه المجموعة وما تقوم به في شأنه: بلاغات، والتزامات ومدى تقدمها، وبرامج، واستشارات.
public-communique = بلاغ مشترك
public-communiques = البلاغات
public-communiques-lead = نصوص وقّعتها جميع الأطراف.
public-no-communiques = لم يُنشر أي بلاغ بعد.
public-commitments = الالتزامات
public-commitments-lead = ما وُعد به، ومن وعد به، وأجل إنجازه. يُحتسب التقدم من التقارير ويتحقق منه الطرف الآخر.
public-no-commitments = لم يُنشر أي التزام بعد.
public-all-commitments = جميع الالتزامات
public-programmes = البرامج
public-programmes-lead = البرامج التي تنشرها الأطراف.
public-no-programmes = لم يُنشر أي برنامج بعد.
public-consultation = استشارة
public-consultations = الاستشارات
public-consultations-lead = أسئلة موجهة إلى المنظمات وأجوبتها وما تُوبع به.
public-no-consultations = لا توجد أي استشارة بعد.
public-open-consultations = الاستشارات المفتوحة
public-meetings = الاجتماعات المنعقدة
public-no-meetings = لم يُنشر أي اجتماع بعد.
public-by = الجهة الناشرة:
public-about = حول هذا الموقع
public-feed = المتابعة (Atom)
public-iati = البرامج في صيغة معطيات (IATI)
public-iati-one = هذا البرنامج في صيغة معطيات (IATI)
public-paging = صفحات اللائحة
public-newer = الأحدث
public-older = الأقدم
public-related = اقرؤوا أيضا
public-share = مشاركة
public-address = العنوان للنسخ
public-by-mail = كتابة رسالة إلكترونية بهذا العنوان
public-since = منشور منذ
public-signed-by = التوقيع
public-courtesy = ترجمة للاستئناس أعدّها { $what }؛ والصيغ الموقعة بلغات أخرى.
public-other-language = هذا النص متوفر بلغة أخرى: { $what }.
public-due = الأجل: { $what }
public-earlier = الآجال السابقة
public-measured = كيف يُقاس
public-small = لا تُعرض الأعداد الصغيرة، حتى لا يمكن التعرف على أحد.
public-no-values = لم تُبلَّغ أي قيمة بعد.
public-period = الفترة
public-of-whom = الفئة
public-target = المستهدف
public-reached = المحقق
public-standing = الوضعية
public-total = المجموع:
public-baseline = قبل ذلك: { $what }
public-aim = الهدف: { $what }
public-all = الجميع
public-none = غير مذكور
public-hidden = غير معروض (عدد صغير يقل عن { $n } أو مجاور له)
public-age = السن: { $what }
public-sex-female = نساء وفتيات
public-sex-male = رجال وفتيان
public-sex-other = آخر أو غير مصرح به
public-value-preliminary = مؤقت
public-value-validated = مصادق عليه
public-value-contested = متنازع فيه
public-identifier = المعرّف
public-countries = البلدان
public-budget = الميزانية
public-role-funding = التمويل
public-role-accountable = المسؤولية
public-role-extending = التدبير
public-role-implementing = التنفيذ
public-stage-pipeline = قيد الإعداد
public-stage-implementation = قيد التنفيذ
public-stage-finalisation = قيد الإتمام
public-stage-closed = منتهٍ
public-stage-cancelled = ملغى
public-stage-suspended = معلَّق
public-consult-draft = مشروع
public-consult-open = مفتوحة
public-consult-closed = مقفلة
public-consult-answered = تُوبعت
public-audience = الجهات المستشارة
public-from = مفتوحة من
public-until = مفتوحة إلى غاية
public-reply = ما تُوبع به
public-answers = { $n ->
    [zero] الأجوبة
    [one] جواب واحد
    [two] جوابان
    [few] { $n } أجوبة
    [many] { $n } جوابا
   *[other] { $n } جواب
}
public-no-answers = لم يُنشر أي جواب بعد.
public-answer = الإجابة باسم منظمة
public-answer-hint = يُقرأ جوابكم أولا، ثم قد يُنشر مع اسم منظمتكم. لا تكتبوا عن أشخاص بعينهم: لا أسماء ولا عناوين ولا أرقام هاتف.
public-answer-kept = { $n ->
    [zero] يُتلف كل جواب لم يطّلع عليه أحد في يومه.
    [one] يُتلف كل جواب لم يطّلع عليه أحد بعد يوم واحد.
    [two] يُتلف كل جواب لم يطّلع عليه أحد بعد يومين.
    [few] يُتلف كل جواب لم يطّلع عليه أحد بعد { $n } أيام.
    [many] يُتلف كل جواب لم يطّلع عليه أحد بعد { $n } يوما.
   *[other] يُتلف كل جواب لم يطّلع عليه أحد بعد { $n } يوم.
}
public-organisation = المنظمة
public-text = الجواب
public-trap = اتركوا هذه الخانة فارغة
public-send = إرسال الجواب
public-thanks = شكرا لكم
public-thanks-lead = وصل جوابكم. سيُقرأ، وإذا اعتُمد ظهر مع الاستشارة.
public-answer-fault = لم يُقبل جوابكم
public-fault-empty = اذكروا منظمتكم واكتبوا جوابا.
public-fault-long = الجواب طويل جدا. المرجو اختصاره.
public-fault-many = وردت أجوبة كثيرة. المرجو المحاولة لاحقا؛ ما كتبتموه لا يزال هنا.
public-fault-over = لم تعد هذه الاستشارة تتلقى أجوبة.
public-fault-origin = لم ترد الاستمارة من هذا الموقع. افتحوا الصفحة من جديد وأرسلوها منها.
public-absent = لا يوجد شيء هنا
public-absent-lead = هذه الصفحة غير موجودة، أو ليست عمومية.
public-failed = تعذر ذلك
public-failed-lead = الخطأ منا لا منكم. المرجو المحاولة لاحقا.
public-about-what = يعرض هذا الموقع ما قررت أطراف مجموعة مختلطة نشره: البلاغات التي وقّعها الجميع، والالتزامات المعلنة للعموم ومدى تقدمها، والاجتماعات المنعقدة، والبرامج العمومية، واستشارات المنظمات.
public-about-not = لا يوجد هنا أي شيء آخر من عملها. يُذكر المسؤولون بوظائفهم لا بأسمائهم.
public-about-numbers = لا تُعرض الأعداد التي تقل عن عشرة، ولا الأعداد التي قد تكشفها. وتُعرض الأعداد التي ينازع فيها أحد الأطراف بصفتها متنازعا فيها. القطاعات الخاصة بملفات البرامج: الداخلية، العدل، الخارجية، الصحة، الشغل، التعليم، الشؤون الاجتماعية، الجماعات الترابية، التنمية، الثقافة، الحقوق، الاقتصاد.
public-about-data = لا يضع هذا الموقع ملفات تعريف الارتباط، ولا يشغّل أي برنامج نصي، ولا يحمّل شيئا من مواقع أخرى، ولا يحتفظ بعناوين قرائه.
public-about-answers = يُحفظ الجواب على الاستشارة مختوما إلى أن يُقرأ، ثم يُنشر مع اسم المنظمة أو يُتلف.
public-about-access = يمكن استعمال الموقع بلوحة المفاتيح وبقارئات الشاشة ومن دون برامج نصية، وبأربع لغات. إذا تعذر عليكم الولوج إلى شيء ما، فاكتبوا إلى الإدارة المذكورة أسفله.
