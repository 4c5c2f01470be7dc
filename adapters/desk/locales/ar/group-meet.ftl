# The joint group: meetings, minutes, readings of communiqués (ar).
meet-tab-meetings = الاجتماعات
meet-tab-readings = قراءة الوثائق
meet-meetings = الاجتماعات
meet-next = المقبلة والجارية
meet-next-none = لا يوجد اجتماع مبرمج. ادعوا إلى اجتماع: يتفق الطرفان بعدها على تاريخه وجدول أعماله.
meet-past = السابقة
meet-past-none = لم يُعقد أي اجتماع بعد.
meet-backlog = في انتظار جدول أعمال
meet-backlog-lead = ما اقتُرح أو أُجّل، وما لم يعالجه اجتماع سابق. يُعرض على الاجتماع المقبل.
meet-call = الدعوة إلى اجتماع
meet-call-lead = يُعرض التاريخ والمكان وجدول الأعمال على الطرف الآخر، ويصبح نافذا بتوقيع الطرفين.
meet-change = تعديل التاريخ أو جدول الأعمال
meet-change-lead = يسري التعديل بعد توقيع الطرف الآخر، ويبقى التاريخ المتفق عليه قائما إلى ذلك الحين.
meet-change-hint = بعد الاتفاق تحمل الدعوة رقما جديدا وتحل محل سابقتها في اليوميات.
meet-start = البداية، بتوقيت { $what }
meet-end = النهاية، بتوقيت { $what }
meet-look-clocks = عرض التوقيت في كل عاصمة
meet-place = المكان، أو كيفية المشاركة
meet-agenda = جدول الأعمال
meet-agenda-hint = اختاروا النقط؛ ويحدد الرقم ترتيبها.
meet-agenda-none = لا توجد نقطة في الانتظار. اقترحوا نقطة أولا، أو اتفقوا الآن على التاريخ ثم لاحقا على جدول الأعمال.
meet-agenda-empty = لا يتضمن جدول الأعمال أي نقطة بعد. عدّلوه لإضافة نقط.
meet-order = الترتيب
meet-new-item = اقتراح نقطة
meet-new-item-lead = نقطة لجدول أعمال اجتماع مقبل. يراها الطرفان فورا.
meet-minutes-allotted = الدقائق المخصصة
meet-item-chair = من يدوّن النتيجة (رئاسة الاجتماع)
meet-propose-item = اقتراح هذه النقطة
meet-noted-by = يدوّن النتيجة: { $what }
meet-item-about = الموضوع
meet-item-no-meeting = غير مدرجة بعد في أي جدول أعمال. اختاروها عند الدعوة إلى اجتماع.
meet-item-follows = ما ترتب عنها
meet-item-step-accepted = إدراجها في جدول الأعمال
meet-item-step-declined = عدم قبولها
meet-item-step-deferred = تأجيلها
meet-step-convened = توجيه الدعوة
meet-step-in-session = افتتاح الجلسة
meet-step-ended = اختتام الجلسة
meet-step-postponed = تأجيل الاجتماع
meet-step-cancelled = إلغاء الاجتماع
meet-no-quorum = لم يعيّن مندوبيه بعد:
meet-quorum-known = افتتاح الجلسة رغم ذلك، مع العلم أن أحد الأطراف غير ممثل
meet-session-hint = ما دامت الجلسة مفتوحة، دوّنوا نتيجة كل نقطة. وما لم يُعالج ينتظر جدول الأعمال المقبل.
meet-settle = تدوين النتيجة
meet-settle-do = تمت المعالجة
meet-defer = التأجيل إلى اجتماع لاحق
meet-outcome = النتيجة
meet-outcome-text = بعبارة موجزة
meet-outcome-information = إخبار
meet-outcome-decision = قرار
meet-outcome-action = إجراء
meet-outcome-none = دون متابعة
meet-record-decision = تسجيل قرار
meet-record-decision-lead = يرتبط بالنقطة وبالاجتماع، ويُلزم بعد توقيع الطرف الآخر.
meet-record-action = تسجيل التزام
meet-record-action-lead = من يفعل ماذا ومتى. يرتبط بالنقطة وبالاجتماع، ويُلزم بعد توقيع الطرف الآخر.
meet-delegates = المندوبون
meet-delegates-hint = حسب الوظيفة الرسمية لا بالأسماء. يتطلب النصاب مندوبين عن الطرفين.
meet-our-delegates = مندوبونا، وظيفة في كل سطر
meet-name-delegates = تعيين هؤلاء المندوبين
meet-papers = الوثائق
meet-add-paper = وثائق للطرفين
meet-send-paper = إرسال الوثائق
meet-paper-remark = وثيقة: { $what }
meet-kilobytes = { $n } ك.ب
meet-invitation = دعوة مندوبينا
meet-invitation-hint = تبقى عناوين المصالح وأجوبتها في هذه العقدة. يدعو كل طرف مندوبيه.
meet-guests = مندوبونا: عنوان المصلحة وجوابها
meet-guests-none = عيّنوا مندوبينا أولا، ثم يمكن تنزيل الدعوة.
meet-function = الوظيفة
meet-address = عنوان المصلحة
meet-keep-addresses = حفظ هذه العناوين
meet-get-invitation = تنزيل الدعوة (.ics)
meet-reply = جواب مصلحة (.ics)
meet-take-reply = تسجيل هذا الجواب
meet-answer = الجواب
meet-answer-needs-action = لم يُجب بعد
meet-answer-accepted = قبول
meet-answer-declined = اعتذار
meet-answer-tentative = ربما
meet-answer-delegated = ينتدب مصلحة أخرى
meet-minutes = المحضر
meet-minutes-hint = يُفتتح بالتاريخ والوفدين ونتيجة كل نقطة، ويحرره الطرفان.
meet-minutes-later = تفتح الرئاسة المحضر بعد افتتاح الجلسة.
meet-open-minutes = فتح المحضر
meet-minutes-of = محضر: { $what }
meet-minutes-draft-of = مشروع محضر: { $what }
meet-prefill-head = { $what }. انعقد الاجتماع بتاريخ { $when }، { $place }.
meet-phases = مراحل المحضر
meet-phase-draft = قيد التحرير من الطرفين
meet-phase-prepared = معدّ
meet-phase-circulated = معمّم لتلقي التعديلات
meet-phase-agreed = متفق عليه
meet-minutes-step-prepared = اختتام التحرير: المحضر معدّ
meet-minutes-step-draft = إعادة فتح التحرير
meet-window = تُقبل التعديلات إلى غاية { $what }.
meet-window-until = قبول التعديلات إلى غاية
meet-circulate = تعميم
meet-get-minutes = تنزيل كوثيقة نصية (.odt)
meet-paragraphs = الفقرات
meet-paragraphs-hint = يرى الطرفان كل فقرة فور كتابتها. وإذا كُتبت فقرة واحدة في وقت واحد من الطرفين، تبقى الصيغتان إلى أن يُختار بينهما.
meet-paragraph = الفقرة { $n }
meet-twice = صيغتان: يلزم الاختيار
meet-keep-this = الاحتفاظ بهذه الصيغة
meet-change-paragraph = تعديل هذه الفقرة
meet-strike-hint = الخانة الفارغة تحذف الفقرة بتلك اللغة.
meet-save-paragraph = حفظ الفقرة
meet-add-paragraph = إضافة فقرة
meet-after = بعد
meet-at-end = في النهاية
meet-offer-minutes = عرض المحضر للتوقيع
meet-offer-minutes-hint = اللغات المختارة ذات حجية: يلزم أن تتضمن كل منها جميع الفقرات. تُبدى التحفظات كمواقف وتُرفق.
meet-incomplete = فقرات ناقصة أو لم يُحسم فيها
meet-readings = قراءة البلاغات
meet-readings-lead = يُقرأ البلاغ أو المحضر في هذه العقدة وتُستخرج منه مقترحات: اجتماع ومواضيع وقرارات والتزامات. لا يُسجَّل شيء تلقائيا.
meet-readings-none = لم تُقرأ أي وثيقة بعد
meet-readings-none-lead = ألصقوا نص بلاغ أو اختاروا ملفا، ثم اقبلوا كل مقترح أو عدلوه أو اصرفوا النظر عنه.
meet-paste = إلصاق نص
meet-pasted = نص ملصق
meet-read = قراءة هذا النص
meet-upload = أو اختيار ملف
meet-upload-hint = نص عادي أو HTML أو DOCX أو ODT، في حدود 16 ميبيبايت.
meet-read-file = قراءة هذا الملف
meet-reading-lead = تقود الجمل المعلّمة إلى مقترحاتها. اقبلوا كل مقترح أو عدلوه أو اصرفوا النظر عنه؛ ويمكن لزميل أن يواصل من حيث توقفتم.
meet-reading-more = وُجد أكثر مما هو معروض: اقرؤوا نهاية النص على حدة.
meet-source = النص
meet-in-text = عرض في النص
meet-taken = اقتُرح على الطرف الآخر: فتح
meet-still-lacks = ينقص قبل الاقتراح:
meet-choice = ما قراركم بشأنه؟
meet-choice-open = لم يُحسم
meet-choice-accept = قبول
meet-choice-drop = صرف النظر
meet-edit = تعديل
meet-becomes = يصبح
meet-day-found = اليوم الوارد في النص: { $what }
meet-names-dropped = تُحفظ الوظائف وحدها دون أسماء الأشخاص. يعيّن كل طرف مندوبيه.
meet-party-unknown = الطرف غير مذكور
meet-topics = المواضيع
meet-topics-none = لم يُعثر على موضوع في هذا النص.
meet-candidates = القرارات والالتزامات
meet-candidates-none = لا توجد جملة تتضمن قرارا أو التزاما.
meet-remarks = تصريحات ومعلومات
meet-remarks-show = عرضها؛ ويمكن أن يصبح كل منها قرارا أو التزاما
meet-keep-reading = حفظ اختياراتي
meet-propose = اقتراح ما قُبل
meet-propose-hint = ما قُبل واكتمل يُعرض على الطرف الآخر. والالتزام دون أجل ينتظر هنا إلى أن تحددوه.
meet-nature-topic = موضوع
meet-nature-decision = قرار
meet-nature-commitment = التزام
meet-nature-statement = تصريح
meet-nature-information = معلومة
meet-strength-agreed = متفق عليه
meet-strength-undertakes = يلتزم
meet-strength-examines = سيدرس
meet-strength-intends = يعتزم
meet-strength-calls = يدعو إلى
meet-strength-reaffirms = يجدد التأكيد
meet-strength-welcomes = يرحب
meet-strength-stresses = يشدد
meet-strength-notes = يسجل
meet-missing-date = دون تاريخ
meet-missing-owner = دون مسؤول
meet-missing-indicator = دون مؤشر
meet-lacks-title = العنوان
meet-lacks-strand = المحور
meet-lacks-sector = القطاع
meet-lacks-responsible = الطرف المسؤول
meet-lacks-function = الوظيفة المسؤولة
meet-lacks-due = الأجل
meet-lacks-kind = النوع
meet-lacks-start = البداية
meet-lacks-end = النهاية
meet-lacks-place = المكان
meet-left-empty = دون كلمات
meet-left-menu = قائمة الصفحة
meet-left-share = روابط المشاركة
meet-left-read-also = مقالات أخرى
meet-left-legal = إشعار قانوني
meet-left-subscribe = نشرة إخبارية
meet-left-repeated = مكرر
meet-left-other-language = لغة أخرى
meet-warning-w-paper-mislabelled = نوع الملف غير ما يدل عليه اسمه.
meet-warning-w-paper-encoding = ترميز الملف غير مذكور وقُدّر تقديرا.
meet-warning-w-paper-bytes = بعض البايتات ليست حروفا واستُبدلت.
meet-warning-w-paper-directions = حُذفت علامات تقلب ترتيب النص.
meet-warning-w-paper-controls = حُذفت علامات غير مرئية.
meet-warning-w-paper-insertions = احتُفظ بالإضافات المتتبعة.
meet-warning-w-paper-deletions = استُبعدت المقاطع المحذوفة المتتبعة.
meet-warning-w-paper-hidden = استُبعد نص مخفي.
meet-warning-w-paper-asides = استُبعدت القوائم وروابط المشاركة حول النص.
meet-warning-w-paper-pictures = لم تُقرأ الصور.
done-meet-moved = تم الانتقال إلى المرحلة؛ يراها الطرفان
done-meet-delegates = تم تعيين المندوبين
done-meet-addresses = حُفظت العناوين في هذه العقدة
done-meet-item-proposed = اقتُرحت النقطة على الطرفين
done-meet-minutes = فُتح المحضر
done-meet-paper = أُرسلت الوثائق إلى الطرفين
done-meet-read = تمت القراءة: لم يُسجَّل شيء بعد
done-meet-reply = سُجّل الجواب
done-meet-settled = دُوّنت النتيجة
done-meet-written = حُفظت الفقرة
done-meet-proposed = اقتُرح على الطرف الآخر
done-meet-nothing-ready = حُفظت الاختيارات. لا شيء مما قُبل مكتمل بعد.
done-meet-kept = حُفظت الاختيارات
code-e-meeting-ends = ينتهي الاجتماع قبل بدايته.
code-e-quorum = لم يعيّن أحد الأطراف مندوبيه. أكدوا علمكم بذلك أو انتظروهم.
code-e-not-in-session = لا يُدوّن ذلك إلا أثناء انعقاد الجلسة.
code-e-minutes-closed = لا تُقبل الفقرات الآن: التحرير مغلق أو انقضى أجل التعديلات.
code-e-minutes-twice = لفقرة صيغتان. اختاروا إحداهما أولا.
code-e-minutes-gap = فقرة ناقصة في إحدى اللغات المختارة.
code-e-window-past = انقضى آخر يوم للتعديلات.
code-e-reading-size = النص طويل جدا. اقرؤوه على أجزاء.
code-e-reading-incomplete = ينقص شيء قبل إمكان الاقتراح.
code-e-reply-other = لا يتضمن هذا الملف جوابا لأحد مندوبينا عن هذا الاجتماع.
code-e-ical-address = ليس عنوانا إلكترونيا صحيحا.
code-e-ical-line = ليس هذا ملف يومية.
code-e-ical-structure = ليس هذا ملف يومية.
code-e-paper-empty = لا يتضمن الملف نصا؛ فالصورة الممسوحة مثلا لا تُقرأ.
code-e-paper-kind = لا يُقرأ إلا النص العادي وHTML وDOCX وODT.
code-e-paper-size = الملف كبير جدا.
code-e-paper-archive = الملف معطوب أو محمي.
code-e-paper-ratio = يتمدد الملف عند فكه إلى حجم مفرط فلم يُفتح.
code-e-paper-dtd = يستعمل الملف ما لا تحتاجه أي وثيقة فلم يُقرأ.
code-e-communique-empty = لا يتضمن النص كلمات.
code-e-upload = لم يصل الملف كاملا.
meet-discard = حذف هذه القراءة
meet-discard-hint = يُحذف النص والاختيارات من هذه العقدة. ويبقى ما اقتُرح على الطرف الآخر.
done-meet-discarded = حُذفت القراءة

meet-allotted =
    { $n ->
        [zero] دون مدة محددة
        [one] دقيقة واحدة
        [two] دقيقتان
        [few] { $n } دقائق
        [many] { $n } دقيقة
       *[other] { $n } دقيقة
    }

meet-reading-open =
    { $n ->
        [zero] لا شيء للحسم
        [one] مقترح واحد للحسم
        [two] مقترحان للحسم
        [few] { $n } مقترحات للحسم
        [many] { $n } مقترحا للحسم
       *[other] { $n } مقترح للحسم
    }

meet-reading-taken =
    { $n ->
        [zero] لم يُعرض شيء
        [one] عُرض مقترح واحد
        [two] عُرض مقترحان
        [few] عُرضت { $n } مقترحات
        [many] عُرض { $n } مقترحا
       *[other] عُرض { $n } مقترح
    }

meet-left-out =
    { $n ->
        [zero] قُرئ النص كله
        [one] جزء واحد لم يُقرأ
        [two] جزءان لم يُقرآ
        [few] { $n } أجزاء لم تُقرأ
        [many] { $n } جزءا لم يُقرأ
       *[other] { $n } جزء لم يُقرأ
    }
meet-change-item = تعديل هذه النقطة
meet-change-item-lead = لم تُدرج بعد في أي جدول أعمال متفق عليه: ما تكتبونه يسري فورا على الطرفين.
meet-change-item-agreed = هذه النقطة مدرجة في جدول أعمال وقّعه الطرفان. يُقترح ما تكتبونه مع جدول الأعمال، وتظل النقطة السابقة قائمة إلى أن يوقّع الطرف الآخر. وتُحيَّن الدعوة تبعا لذلك.
meet-change-item-say = تعديل
meet-item-place = الترتيب في جدول الأعمال
meet-item-replaced = حلت محلها نقطة أخرى:
done-meet-item-changed = عُدّلت النقطة ويراها الطرفان
done-meet-item-offered = اقتُرح التعديل مع جدول الأعمال وينتظر توقيعهم
code-e-item-settled = تتناول جلسة هذه النقطة أو سبق أن تناولتها: لم تعد قابلة للتعديل.
code-e-item-agreed = هذه النقطة مدرجة في جدول أعمال متفق عليه: عدّلوها مع جدول الأعمال.
meet-changed-read = ما عُدّل منذ اطلاعكم
meet-changed-sent = ما عُدّل منذ التعميم
meet-changed-none = لم يتغير شيء.
meet-struck = فقرة محذوفة
meet-mark-read = اطلعت عليه
done-meet-read-paragraphs = سُجّل ذلك: ستُعرض التعديلات ابتداء من الآن
group-partial = جزئي: { $n } من { $of }
