//! The table of rules: each with its code, its source and its sentence in French, Dutch,
//! Arabic and English. Numbers such as G09 are those of the governance rules in
//! `docs/data-protection.md`.

use super::rules;
use passerelle_model::Lang;

rules! {
    /// The agreement revision named is not the one that all signed.
    AgreementUnsigned: "E_AGREEMENT_UNSIGNED", "house plan, \u{a7}2 agreement",
        "L'accord n'est pas signé par toutes les parties",
        "De overeenkomst is niet door alle partijen ondertekend",
        "الاتفاق غير موقع من جميع الأطراف",
        "The agreement is not signed by every party";
    /// The record names another revision, or another channel, than it is judged under.
    AgreementOther: "E_AGREEMENT_OTHER", "house plan, \u{a7}2 agreement",
        "L'enregistrement nomme une autre version de l'accord",
        "Het bericht verwijst naar een andere versie van de overeenkomst",
        "السجل يشير إلى صيغة أخرى من الاتفاق",
        "The record names another revision of the agreement";
    /// Outside the days of the agreement.
    AgreementNotInForce: "E_AGREEMENT_NOT_IN_FORCE", "house plan, \u{a7}2 agreement",
        "L'accord n'est pas en vigueur à cette date",
        "De overeenkomst is op deze datum niet van kracht",
        "الاتفاق غير ساري المفعول في هذا التاريخ",
        "The agreement is not in force on this day";
    /// The sender is not a member.
    NotMember: "E_NOT_MEMBER", "house plan, \u{a7}2 agreement",
        "Cette partie n'est pas membre de l'accord",
        "Deze partij is geen lid van de overeenkomst",
        "هذا الطرف ليس عضوا في الاتفاق",
        "This party is not a member of the agreement";
    /// G01.
    Purpose: "E_PURPOSE", "G01; Directive (EU) 2016/680, Article 4",
        "La finalité n'est pas prévue par l'accord",
        "Het doel is niet voorzien in de overeenkomst",
        "الغاية غير منصوص عليها في الاتفاق",
        "The purpose is not in the agreement";
    /// G01.
    Basis: "E_BASIS", "G01; Directive (EU) 2016/680, Article 8",
        "La base juridique n'est pas en vigueur ou ne porte pas cette finalité",
        "De rechtsgrond is niet van kracht of draagt dit doel niet",
        "الأساس القانوني غير ساري أو لا يشمل هذه الغاية",
        "The legal basis is not in force or does not carry this purpose";
    /// G02.
    Scope: "E_SCOPE", "G02; offence scope of the agreement",
        "L'infraction n'entre pas dans le champ de l'accord",
        "Het strafbaar feit valt buiten de overeenkomst",
        "الجريمة خارج نطاق الاتفاق",
        "The offence is outside the agreement's scope";
    /// Fail closed.
    RecipientEmpty: "E_RECIPIENT_EMPTY", "house plan, \u{a7}3 fail closed",
        "Aucun destinataire n'est indiqué",
        "Er is geen ontvanger opgegeven",
        "لم يحدد أي مرسل إليه",
        "No recipient is named";
    /// G16.
    Recipient: "E_RECIPIENT", "G16; Directive (EU) 2016/680, Article 35(1)(b)",
        "Cette unité ne peut pas recevoir cette catégorie de données",
        "Deze eenheid mag deze gegevenscategorie niet ontvangen",
        "لا يجوز لهذه الوحدة تلقي هذا الصنف من المعطيات",
        "This unit may not receive this class of data";
    /// The data class is not in the agreement.
    DataClass: "E_DATA_CLASS", "house plan, \u{a7}2 agreement",
        "La catégorie de données n'est pas prévue par l'accord",
        "De gegevenscategorie is niet voorzien in de overeenkomst",
        "صنف المعطيات غير منصوص عليه في الاتفاق",
        "The data class is not in the agreement";
    /// G32.
    Retention: "E_RETENTION", "G32; Directive (EU) 2016/680, Article 5",
        "Les dates de révision ou d'effacement dépassent l'accord ou sont passées",
        "De datum van herziening of wissing overschrijdt de overeenkomst of is voorbij",
        "تاريخ المراجعة أو المحو يتجاوز الاتفاق أو قد فات",
        "The review or erasure date is past or beyond what the agreement allows";
    /// G23, G25.
    Caveat: "E_CAVEAT", "G23, G25; Council document 6261/18",
        "Une condition d'utilisation manque ou n'est pas prévue par l'accord",
        "Een gebruiksvoorwaarde ontbreekt of is niet voorzien in de overeenkomst",
        "شرط من شروط الاستعمال ناقص أو غير منصوص عليه في الاتفاق",
        "A use restriction is missing or not in the agreement";
    /// Language of the record.
    Language: "E_LANGUAGE", "house plan, \u{a7}2 agreement",
        "L'accord ne prévoit pas cette langue",
        "De overeenkomst voorziet deze taal niet",
        "الاتفاق لا ينص على هذه اللغة",
        "The agreement does not provide for this language";
    /// G30.
    RequestIncomplete: "E_REQUEST_INCOMPLETE", "G30; Directive (EU) 2023/977, Article 4(3)",
        "La demande explique pourquoi l'autre partie détiendrait l'information, le lien avec la personne et l'urgence",
        "Het verzoek legt uit waarom de andere partij de informatie zou hebben, het verband met de persoon en de spoed",
        "يبين الطلب لماذا يعتقد أن الطرف الآخر يملك المعلومة، وصلتها بالشخص، وسبب الاستعجال",
        "The request explains why the other side may hold it, the link to the person, and the urgency";
    /// Volume limits.
    Quota: "E_QUOTA", "G29; quotas of the agreement",
        "Le quota de l'accord est épuisé pour aujourd'hui",
        "Het quotum van de overeenkomst is voor vandaag op",
        "استنفدت الحصة اليومية المنصوص عليها في الاتفاق",
        "The agreement's quota for today is used up";
    /// Size limit of attachments.
    AttachmentSize: "E_ATTACHMENT_SIZE", "quotas of the agreement",
        "La pièce jointe dépasse la taille prévue par l'accord",
        "De bijlage is groter dan de overeenkomst toelaat",
        "المرفق يتجاوز الحجم المنصوص عليه في الاتفاق",
        "The attachment is larger than the agreement allows";
    /// The sender's clock cannot be right.
    Clock: "E_CLOCK", "house plan, \u{a7}5 time",
        "La date de l'enregistrement est dans le futur",
        "De datum van het bericht ligt in de toekomst",
        "تاريخ السجل في المستقبل",
        "The record's time lies in the future";
    /// Same identifier twice.
    Duplicate: "E_DUPLICATE", "house plan, \u{a7}6 promise 1",
        "Un enregistrement porte déjà cet identifiant",
        "Er bestaat al een bericht met deze identificatie",
        "يوجد سجل يحمل المعرف نفسه",
        "A record with this identifier exists already";
    /// A correction or recall of something never sent here.
    Reference: "E_REFERENCE", "G08; Directive (EU) 2016/680, Article 7(3)",
        "L'enregistrement visé n'est pas connu",
        "Het bedoelde bericht is niet bekend",
        "السجل المشار إليه غير معروف",
        "The record referred to is not known";
    /// G04.
    PersonCategory: "E_PERSON_CATEGORY", "G04; Directive (EU) 2016/680, Article 6",
        "Il faut dire en quelle qualité la personne apparaît : suspect, victime, témoin…",
        "Geef aan in welke hoedanigheid de persoon voorkomt: verdachte, slachtoffer, getuige…",
        "يجب بيان صفة الشخص: مشتبه فيه أو ضحية أو شاهد أو غير ذلك",
        "Say in which quality the person appears: suspect, victim, witness…";
    /// G05.
    Nature: "E_NATURE", "G05; Directive (EU) 2016/680, Article 7(1)",
        "Une appréciation nomme l'organisme qui détient les éléments sur lesquels elle repose",
        "Een beoordeling noemt de instantie die de onderliggende gegevens bewaart",
        "كل تقدير يسمي الجهة التي تحتفظ بالعناصر التي يستند إليها",
        "An assessment names the body that holds what it rests on";
    /// G06.
    AsOf: "E_EVALUATION", "G06; Directive (EU) 2016/680, Article 7(2); Regulation (EU) 2016/794, Article 29",
        "La date à laquelle l'information est exacte ne peut être dans le futur",
        "De datum waarop de informatie juist is, mag niet in de toekomst liggen",
        "لا يجوز أن يكون تاريخ صحة المعلومة في المستقبل",
        "The day as of which the information is right cannot lie in the future";
    /// G27, G28.
    Intake: "E_INTAKE", "G27, G28; United Nations Convention against Torture, Article 15",
        "Deux questions doivent recevoir une réponse avant tout envoi de données à caractère personnel",
        "Twee vragen moeten beantwoord zijn voordat persoonsgegevens vertrekken",
        "يجب الجواب عن سؤالين قبل إرسال أي معطيات ذات طابع شخصي",
        "Two questions must be answered before personal data leaves";
    /// G27.
    Tainted: "E_TAINTED", "G27; Regulation (EU) 2016/794, Article 23; Convention against Torture, Article 15",
        "Cette information pourrait provenir de la torture ou d'une violation manifeste : elle reste ici jusqu'à l'examen juridique",
        "Deze informatie kan van foltering of een kennelijke schending komen: ze blijft hier tot het juridisch onderzoek",
        "قد تكون هذه المعلومة ناتجة عن تعذيب أو انتهاك جسيم، فتبقى هنا إلى حين الفحص القانوني",
        "This may come from torture or a manifest violation: it stays here until the legal review";
    /// G28.
    NonRefoulement: "E_NON_REFOULEMENT", "G28; Directive 2013/32/EU, Article 30; Geneva Convention, Article 33",
        "Une personne qui demande une protection n'est jamais signalée à l'État qu'elle a fui",
        "Een persoon die bescherming zoekt, wordt nooit gemeld aan de staat die hij ontvlucht is",
        "لا يبلغ أبدا عن طالب الحماية لدى الدولة التي فر منها",
        "A person who seeks protection is never made known to the state they fled";
    /// G09.
    SpecialNecessity: "E_SPECIAL_NECESSITY", "G09; Directive (EU) 2016/680, Article 10; Moroccan law 09-08, Article 1",
        "Une catégorie particulière de données demande d'expliquer sa stricte nécessité",
        "Een bijzondere categorie van gegevens vraagt uitleg waarom ze strikt noodzakelijk is",
        "الصنف الخاص من المعطيات يستلزم بيان ضرورته القصوى",
        "A special category of data needs its strict necessity explained";
    /// G09.
    Special: "E_SPECIAL_SECOND_PERSON", "G09; Directive (EU) 2016/680, Article 10; Moroccan law 09-08, Article 1",
        "Une catégorie particulière de données demande l'accord d'une seconde personne",
        "Een bijzondere categorie van gegevens vraagt de goedkeuring van een tweede persoon",
        "الصنف الخاص من المعطيات يستلزم موافقة شخص ثان",
        "A special category of data needs a second person";
    /// G10.
    OffenceLink: "E_NO_OFFENCE_LINK", "G10; Directive (EU) 2016/680, Articles 4 and 6; ICCPR, Articles 18 to 22",
        "Une personne n'est pas signalée sans lien avec une infraction",
        "Niemand wordt gemeld zonder verband met een strafbaar feit",
        "لا يبلغ عن شخص دون صلة بجريمة",
        "Nobody is reported without a link to an offence";
    /// G17.
    OriginConsent: "E_ORIGIN_CONSENT", "G17; Directive (EU) 2016/680, Article 35(1)(c) and (2)",
        "Ces données viennent d'un autre État : son autorisation, ou la menace immédiate, doit être indiquée",
        "Deze gegevens komen van een andere staat: vermeld zijn toestemming of de onmiddellijke dreiging",
        "هذه المعطيات واردة من دولة أخرى: يجب ذكر إذنها أو التهديد المباشر",
        "This data came from another state: its authorisation, or the immediate threat, must be named";
    /// G18.
    TransferGround: "E_TRANSFER_GROUND", "G18; Directive (EU) 2016/680, Articles 35 to 38",
        "Le fondement du transfert demande sa référence, et pour une évaluation ou une dérogation son motif",
        "De grondslag van de doorgifte vraagt een verwijzing, en bij een beoordeling of afwijking een motivering",
        "أساس النقل يستلزم مرجعا، والتقييم أو الاستثناء يستلزم تعليلا",
        "The ground of the transfer needs its reference, an assessment or derogation its reason";
    /// G19.
    Derogation: "E_REGISTER", "G19; Directive (EU) 2016/680, Articles 37(3) and 38(3)",
        "Un transfert par dérogation demande l'accord d'une seconde personne et figure au registre",
        "Een doorgifte bij afwijking vraagt een tweede persoon en staat in het register",
        "النقل الاستثنائي يستلزم موافقة شخص ثان ويقيد في السجل",
        "A transfer under derogation needs a second person and stands in the register";
    /// G20.
    DerogationBulk: "E_DEROGATION_BULK", "G20; Directive (EU) 2016/680, Article 38(1)(d)",
        "Une dérogation vaut pour une seule personne à la fois",
        "Een afwijking geldt voor één persoon tegelijk",
        "الاستثناء يخص شخصا واحدا في كل مرة",
        "A derogation is for one person at a time";
    /// G21.
    Balance: "E_BALANCE", "G21; Directive (EU) 2016/680, Article 38(2)",
        "Une dérogation demande de peser les droits fondamentaux de la personne",
        "Een afwijking vraagt een afweging van de grondrechten van de persoon",
        "الاستثناء يستلزم موازنة الحقوق الأساسية للشخص",
        "A derogation needs the person's fundamental rights weighed";
    /// G25.
    Capital: "E_CAVEAT_CAPITAL", "G25; Directive (EU) 2016/680, recital 71; ICCPR, Article 6",
        "La condition excluant la peine de mort et tout traitement cruel doit accompagner ces données",
        "De voorwaarde die de doodstraf en wrede behandeling uitsluit, moet deze gegevens vergezellen",
        "يجب أن يرافق هذه المعطيات شرط استبعاد عقوبة الإعدام وكل معاملة قاسية",
        "The condition that excludes a death penalty and cruel treatment must travel with this data";
    /// G37.
    FileReference: "E_MA_BASIS", "G37; Moroccan law 09-08, Article 43",
        "Le fichier marocain n'a ni récépissé de la CNDP ni article d'exemption dans les réglages",
        "Het Marokkaanse bestand heeft geen CNDP-referentie of vrijstellingsartikel in de instellingen",
        "ليس للملف المغربي مرجع لدى اللجنة الوطنية ولا مادة إعفاء في الإعدادات",
        "The Moroccan file has neither a CNDP reference nor an exempting article in the settings";
    /// G42.
    MinorReason: "E_MINOR", "G42; Convention on the Rights of the Child, Article 3",
        "Un mineur est concerné : une seconde personne examine son intérêt supérieur",
        "Er is een minderjarige bij betrokken: een tweede persoon weegt zijn belang",
        "يتعلق الأمر بقاصر: ينظر شخص ثان في مصلحته الفضلى",
        "A minor is concerned: a second person looks at their best interests";
    /// Our own rule.
    RedSecond: "E_RED_SECOND_PERSON", "our own rule; FIRST TLP 2.0",
        "Le marquage TLP:RED demande l'accord d'une seconde personne",
        "De markering TLP:RED vraagt een tweede persoon",
        "وسم TLP:RED يستلزم موافقة شخص ثان",
        "The marking TLP:RED needs a second person";
    /// G46.
    SecondPerson: "E_SECOND_PERSON", "G46; four eyes, our own rule",
        "Une seconde personne doit approuver exactement ce contenu",
        "Een tweede persoon moet precies deze inhoud goedkeuren",
        "يجب أن يوافق شخص ثان على هذا المضمون بعينه",
        "A second person must approve exactly this content";
    /// G46.
    SelfApproval: "E_SELF_APPROVAL", "G46; four eyes, our own rule",
        "Personne n'approuve ce qu'il a écrit, et un administrateur n'approuve rien",
        "Niemand keurt goed wat hij zelf schreef, en een beheerder keurt niets goed",
        "لا يوافق أحد على ما كتبه بنفسه، ولا يوافق المسير التقني على أي شيء",
        "Nobody approves what they wrote, and an administrator approves nothing";
    /// G13.
    Justification: "E_JUSTIFICATION", "G13; Directive (EU) 2016/680, Article 25(1)",
        "Il faut dire pourquoi avant que quoi que ce soit ne s'affiche",
        "Zeg waarom voordat er iets wordt getoond",
        "يجب ذكر السبب قبل عرض أي شيء",
        "Say why before anything shows";
    /// G40, G46.
    Role: "E_ROLE", "G40, G46; Directive (EU) 2016/680, Article 29(2)(e)",
        "Ce rôle ne permet pas cet acte",
        "Deze rol laat deze handeling niet toe",
        "هذا الدور لا يسمح بهذا الإجراء",
        "This role does not allow this act";
    /// Need to know: looks like absence.
    NeedToKnow: "E_NOT_FOUND", "Directive (EU) 2016/680, Articles 4(1)(f) and 29",
        "Rien de ce nom n'est ouvert pour vous",
        "Er is niets met die naam dat voor u openstaat",
        "لا يوجد ما هو مفتوح لكم بهذا الاسم",
        "There is nothing of that name that is open to you";
    /// G24.
    ConditionsUnread: "E_CONDITIONS_UNACK", "G24; Directive (EU) 2016/680, Article 9(3)",
        "Les conditions d'utilisation doivent être acceptées avant l'ouverture",
        "De gebruiksvoorwaarden moeten worden aanvaard voordat het opengaat",
        "يجب قبول شروط الاستعمال قبل الفتح",
        "The use restrictions must be acknowledged before it opens";
    /// G34.
    Restricted: "E_RESTRICTED", "G34; Directive (EU) 2016/680, Article 16(3)",
        "L'enregistrement est limité : il ne sert plus sans nouvel examen",
        "Het bericht is beperkt: het wordt niet gebruikt zonder nieuw onderzoek",
        "السجل مقيد: لا يستعمل دون فحص جديد",
        "The record is restricted: it is not used without a new check";
    /// G14.
    LogPurpose: "E_LOG_PURPOSE", "G14; Directive (EU) 2016/680, Article 25(2)",
        "Le registre ne se lit que pour contrôler la licéité, par la personne qui en a la charge",
        "Het register wordt alleen gelezen om de rechtmatigheid te controleren, door wie daarmee belast is",
        "لا يقرأ السجل إلا لمراقبة المشروعية من طرف المكلف بذلك",
        "The register is read only to check lawfulness, by whoever is charged with it";
    /// G36.
    ExportBlocked: "E_MARKING_EXPORT", "G36; FIRST TLP 2.0; MISP taxonomy PAP",
        "Le marquage interdit de sortir ce contenu du nœud",
        "De markering verbiedt deze inhoud buiten het knooppunt te brengen",
        "الوسم يمنع إخراج هذا المضمون من العقدة",
        "The marking forbids taking this content out of the node";
    /// G03.
    PurposeChange: "E_PURPOSE_CHANGE", "G03; Directive (EU) 2016/680, Articles 4(2) and 9; Moroccan law 09-08, Article 12",
        "Ces données ont été reçues pour une autre finalité : l'autorisation de leur fournisseur n'est pas au dossier",
        "Deze gegevens zijn voor een ander doel ontvangen: de toestemming van de verstrekker zit niet in het dossier",
        "هذه المعطيات وردت لغاية أخرى: إذن الجهة التي قدمتها غير موجود في الملف",
        "This data was received for another purpose: its provider's permission is not on file";
    /// G08.
    NoticeOverdue: "E_NOTICE_OVERDUE", "G08; Directive (EU) 2016/680, Article 7(3)",
        "Un destinataire n'a pas encore donné suite au rappel ou à la correction",
        "Een ontvanger heeft nog geen gevolg gegeven aan de terugroeping of verbetering",
        "لم يستجب أحد المرسل إليهم بعد للاسترجاع أو التصحيح",
        "A recipient has not yet acted on the recall or correction";
    /// G12.
    LogUnavailable: "E_LOG_UNAVAILABLE", "G12; Directive (EU) 2016/680, Article 25(1)",
        "Le registre ne peut pas être écrit : rien n'a été fait",
        "Het register kan niet worden beschreven: er is niets gedaan",
        "يتعذر القيد في السجل: لم يتم أي إجراء",
        "The register cannot be written: nothing was done";
    /// G15.
    LogRetention: "E_LOG_RETENTION", "G15; BDSG, §76(4)",
        "Cette inscription au registre doit encore être conservée",
        "Deze inschrijving in het register moet nog worden bewaard",
        "يجب الاحتفاظ بهذا القيد في السجل مدة أخرى",
        "This entry of the register must still be kept";
    /// G22.
    Onward: "E_ONWARD", "G22; Directive (EU) 2016/680, Article 35(1)(e); BDSG, §78(4)",
        "Ces données viennent d'un partenaire : elles ne vont pas à un tiers sans son autorisation",
        "Deze gegevens komen van een partner: zonder zijn toestemming gaan ze niet naar een derde",
        "هذه المعطيات واردة من شريك: لا تحال إلى الغير دون إذنه",
        "This data came from a partner: it goes to nobody else without its permission";
    /// G23.
    Handling: "E_HANDLING", "G23; Council document 6261/18",
        "Le code de traitement l'interdit tant que l'autorisation du fournisseur n'est pas au dossier",
        "De behandelingscode verbiedt dit zolang de toestemming van de verstrekker niet in het dossier zit",
        "رمز المعالجة يمنع ذلك ما دام إذن الجهة التي قدمت المعطيات غير موجود في الملف",
        "The handling code forbids it until the provider's permission is on file";
    /// G26.
    Frozen: "E_FROZEN", "G26; ICCPR, Articles 6 and 7; Convention against Torture, Article 3",
        "L'enregistrement est gelé : une accusation passible de la peine de mort ou un mauvais traitement est signalé",
        "Het bericht is bevroren: er is een aanklacht met doodstraf of een mishandeling gemeld",
        "السجل مجمد: تم الإبلاغ عن تهمة عقوبتها الإعدام أو عن سوء معاملة",
        "The record is frozen: a capital charge or ill-treatment was reported";
    /// G31.
    AnswerOverdue: "E_ANSWER_OVERDUE", "G31; Directive (EU) 2023/977, Article 5",
        "Le délai de réponse est dépassé",
        "De antwoordtermijn is verstreken",
        "انقضى أجل الجواب",
        "The time to answer is over";
    /// G32.
    ReviewOverdue: "E_REVIEW_OVERDUE", "G32; Directive (EU) 2016/680, Article 5; BDSG, §75(4)",
        "La révision n'a pas été faite à temps : l'enregistrement est limité",
        "De herziening is niet op tijd gebeurd: het bericht is beperkt",
        "لم تتم المراجعة في أجلها: أصبح السجل مقيدا",
        "The review was not done in time: the record is restricted";
    /// G33.
    ErasurePending: "E_ERASURE_PENDING", "G33; Directive (EU) 2016/680, Article 16; BDSG, §58(5)",
        "Toutes les copies ne sont pas encore effacées",
        "Nog niet alle kopieën zijn gewist",
        "لم تمح بعد جميع النسخ",
        "Not every copy is erased yet";
    /// G34.
    LiftUntold: "E_LIFT_UNTOLD", "G34; Directive (EU) 2016/680, Article 16(3); BDSG, §58(4)",
        "La personne concernée est informée avant que la limitation soit levée",
        "De betrokkene wordt ingelicht voordat de beperking wordt opgeheven",
        "يجب إخبار الشخص المعني قبل رفع التقييد",
        "The data subject is told before the restriction is lifted";
    /// G35.
    MarkingLower: "E_MARKING_LOWER", "G35; Council document 6261/18",
        "Le marquage est plus faible que celui de l'enregistrement sur lequel il se fonde",
        "De markering is zwakker dan die van het bericht waarop het steunt",
        "الوسم أضعف من وسم السجل الذي يستند إليه",
        "The marking is weaker than that of the record it builds on";
    /// G43.
    RightsOverdue: "E_RIGHTS_OVERDUE", "G43; Directive (EU) 2016/680, Article 12(3)",
        "Le délai pour répondre à la personne concernée est dépassé",
        "De termijn om de betrokkene te antwoorden is verstreken",
        "انقضى أجل الجواب على الشخص المعني",
        "The time to answer the data subject is over";
    /// G43.
    RightsIdentity: "E_RIGHTS_IDENTITY", "G43; Directive (EU) 2016/680, Article 12(5)",
        "Rien n'est communiqué tant que l'identité du demandeur n'est pas certaine",
        "Er wordt niets meegedeeld zolang niet zeker is wie erom vraagt",
        "لا يبلغ بأي شيء ما دامت هوية الطالب غير مؤكدة",
        "Nothing is told until it is certain who asks";
    /// G43.
    RightsReason: "E_RIGHTS_REASON", "G43; Directive (EU) 2016/680, Article 15(3) and (4)",
        "Une réponse qui n'accorde pas tout garde ses motifs pour l'autorité",
        "Een antwoord dat niet alles toestaat, bewaart zijn redenen voor de toezichthouder",
        "كل جواب لا يستجيب للطلب كله تحفظ أسبابه لفائدة سلطة المراقبة",
        "An answer that does not grant everything keeps its reasons for the authority";
    /// G43.
    RightsOriginator: "E_RIGHTS_ORIGINATOR", "G43; BDSG, §57",
        "Les données viennent d'un partenaire : il est consulté avant la réponse",
        "De gegevens komen van een partner: hij wordt geraadpleegd voor het antwoord",
        "المعطيات واردة من شريك: تجب استشارته قبل الجواب",
        "The data came from a partner: it is consulted before the answer";
    /// G45.
    BreachClock: "E_BREACH_CLOCK", "G45; Directive (EU) 2016/680, Article 30(1)",
        "L'autorité est informée de la violation dans les 72 heures",
        "De toezichthouder wordt binnen 72 uur van de inbreuk op de hoogte gebracht",
        "يجب إبلاغ سلطة المراقبة بالخرق خلال 72 ساعة",
        "The authority is told of the breach within 72 hours";
    /// G45.
    BreachPartner: "E_BREACH_PARTNER", "G45; Directive (EU) 2016/680, Article 30(6)",
        "Un partenaire dont les données sont touchées n'a pas été informé",
        "Een partner van wie gegevens getroffen zijn, is niet ingelicht",
        "لم يبلغ الشريك الذي يمس الخرق معطياته",
        "A partner whose data is affected was not told";
    /// G46.
    BreakGlass: "E_BREAK_GLASS", "G46; emergency opening, our own rule",
        "L'ouverture d'urgence vaut pour un seul enregistrement, une seule personne et une heure",
        "De noodopening geldt voor één bericht, één persoon en één uur",
        "الفتح الاستعجالي يخص سجلا واحدا وشخصا واحدا ولمدة ساعة",
        "An emergency opening is for one record, one person and one hour";
    /// G47.
    ProcessingRegister: "E_PROCESSING_REGISTER", "G47; Directive (EU) 2016/680, Article 24; BDSG, §70",
        "Le registre des traitements est incomplet",
        "Het register van de verwerkingen is onvolledig",
        "سجل المعالجات غير مكتمل",
        "The register of processing is incomplete";
    /// G33.
    LegalHold: "E_LEGAL_HOLD", "G33; Directive (EU) 2016/680, Article 16(3)",
        "L'enregistrement est conservé à titre de preuve : son effacement attend la levée",
        "Het bericht wordt als bewijs bewaard: de wissing wacht tot dat is opgeheven",
        "السجل محفوظ كدليل: يؤجل محوه إلى حين رفع الحفظ",
        "The record is kept as evidence: its erasure waits until that is lifted";
    /// G38.
    MigrationPerson: "E_MIGRATION_PERSON", "G38; Global Compact for Migration, paragraph 17",
        "Le groupe mixte ne traite d'aucune personne : ni noms, ni dates de naissance, ni documents",
        "De gemengde groep behandelt geen personen: geen namen, geboortedata of documenten",
        "لا تتناول المجموعة المختلطة أي شخص: لا أسماء ولا تواريخ ميلاد ولا وثائق",
        "The joint group deals with no person: no names, birth dates or documents";
    /// G39.
    SmallCell: "E_SMALL_CELL", "G39; our own rule",
        "Un tableau publié ne montre pas d'effectif inférieur au seuil",
        "Een gepubliceerde tabel toont geen aantal onder de drempel",
        "لا يعرض الجدول المنشور عددا دون العتبة",
        "A published table shows no count below the threshold";
    /// G40.
    Firewall: "E_FIREWALL", "G40; UN A/73/178; BDSG, §64(3) no. 14",
        "Rien ne passe entre les dossiers et le groupe mixte : ni message, ni unité, ni personne",
        "Niets gaat over tussen dossiers en gemengde groep: geen bericht, eenheid of persoon",
        "لا شيء يعبر بين الملفات والمجموعة المختلطة: لا سجل ولا وحدة ولا شخص",
        "Nothing passes between cases and the joint group: no record, no unit, no person";
    /// G41.
    PreventionPerson: "E_PREVENTION_PERSON", "G41; our own rule",
        "La prévention et la réinsertion ne tiennent aucune liste de participants",
        "Preventie en re-integratie houden geen lijst van deelnemers bij",
        "لا تمسك الوقاية وإعادة الإدماج أي لائحة للمشاركين",
        "Prevention and reintegration keep no list of participants";
}
