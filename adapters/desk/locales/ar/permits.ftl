# Permissions (ar). Every language has the same keys; a test compares them.

field-permit-uses = هل تأذنون باستعمال آخر لإحدى وثائقكم؟
field-permit-record = الوثيقة المأذون بها
field-permit-purpose = لأي غاية أخرى
field-permit-parties = الجهات التي يجوز أن يحال إليها
hint-permit-uses = اتركوه فارغا إذا كنتم لا تأذنون بأكثر مما تسمح به وسومه
hint-permit-record = رقمه؛ ويجب أن يكون صادرا عن إدارتكم
hint-permit-purpose = يختار فقط إذا كنتم تأذنون بغاية أخرى
hint-permit-parties = اتركوه فارغا إذا كانت الإحالة غير محصورة في أطراف معينة
permit-court = أمام القضاء
permit-dissemination = الإحالة إلى غير المرسل إليهم
permit-other-purpose = لغاية أخرى
permit-weaker-markings = تحت وسم أضعف
record-permission = الإذن الممنوح
outlet-label = وجهة النسخة
outlet-own-file = ملف لدى إدارتنا
outlet-clients = الجهات التي نعمل لفائدتها
outlet-community = إدارات أخرى في المجال نفسه
outlet-court = محكمة
outlet-public = العموم
