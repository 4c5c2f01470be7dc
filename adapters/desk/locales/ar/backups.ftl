# Backups and recovery (ar). Every language has the same keys; a test compares them.

backups = النسخ الاحتياطية والاسترجاع
backups-lead = يُنجز المسؤول النسخ الاحتياطية عبر سطر الأوامر، ولا يخرج أي محتوى عبر هذه الصفحة. ويبيّن السجل متى أُنجزت نسخة أو استُعيدت.
backups-last = آخر نسخة احتياطية
backups-none = لم تُنجز أي نسخة احتياطية بعد.
backups-due = حان موعد نسخة احتياطية جديدة.
backups-every =
    { $n ->
        [zero] تُنجز نسخة احتياطية كل يوم.
        [one] يحين موعد نسخة احتياطية بعد يوم واحد.
        [two] يحين موعد نسخة احتياطية بعد يومين.
        [few] يحين موعد نسخة احتياطية بعد { $n } أيام.
        [many] يحين موعد نسخة احتياطية بعد { $n } يوما.
       *[other] يحين موعد نسخة احتياطية بعد { $n } يوم.
    }
backups-how = كيفية إنجاز نسخة والتحقق منها واستعادتها
backups-how-text = يوضع كل شيء في ملف واحد مختوم بمفتاح خاص به. احتفظوا بملف المفتاح بعيدا عن النسخة، وبمفتاح حافظة المفاتيح بعيدا عنهما معا. أنجزوا نسخة جديدة بعد كل تغيير للمفاتيح.
backups-restored = الاستعادة
backups-restored-at = تاريخ الاستعادة
backups-restored-made = من النسخة المؤرخة في
backups-never-restored = لم تُستعد هذه العقدة من نسخة احتياطية.
backups-recovery = الاسترجاع حسب كل اتفاق وشريك
backups-recovery-text = لا يُحال أي شيء في إطار اتفاق ما حتى يصرح كل شريك بما يحوزه ويعود كل ما وقّعناه.
backups-col-channel = الاتفاق
backups-col-partner = الشريك
backups-col-state = الحالة
backups-col-since = منذ
backups-col-held = القيود لدى الشريك
backups-col-regained = ما عاد
backups-col-bare = دون محتوى
backups-state-awaited = لم يصرح الشريك بعد بما يحوزه
backups-state-behind = متأخرة: لدى الشريك أكثر
backups-state-settled = تم الاسترجاع
backups-state-forked = وُقّع تاريخان: تابعوا في إطار اتفاق جديد
