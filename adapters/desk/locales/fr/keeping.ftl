# What is kept, restricted, erased; rights and breaches (fr). Every language has the same keys; a test compares them.

# The room.
room-keeping = Conservation
keeping-lead = Ce qui attend une décision : révisions, limitations, effacements, demandes et violations. Aucun contenu ne s’affiche ici.
keeping-link = Conservation de cet enregistrement
keeping-record = Conservation d’un enregistrement
keeping-overdue = Révisions en retard
keeping-overdue-empty = Aucune révision n’est en retard. En retard, un enregistrement est limité de lui-même.
keeping-soon = À revoir dans les trente jours
keeping-soon-empty = Rien à revoir d’ici un mois.
keeping-restricted = Enregistrements limités
keeping-restricted-empty = Aucun. Limitez un enregistrement depuis sa page quand son exactitude est contestée.
keeping-held = Conservés à titre de preuve
keeping-held-empty = Aucun. Un effacement demandé entre-temps est refusé par une déclaration signée, puis exécuté à la levée.
keeping-pending = Effacements en cours chez les partenaires
keeping-pending-empty = Aucun. Ce qui est rappelé figure ici jusqu’à ce que chaque partenaire ait dit ce qu’il a fait.
keeping-register = Dans le registre
keeping-register-lead = Le registre demande pourquoi avant d’afficher.
keeping-all-glass = Toutes les ouvertures d’urgence
keeping-glass = Ouvertures d’urgence à examiner
keeping-glass-empty = Aucune ouverture d’urgence n’attend d’examen.
keeping-glass-own = La vôtre : quelqu’un d’autre l’examine.
keeping-finding = Ce que vous constatez
glass-justified = C’était une urgence
glass-not-justified = Ce n’en était pas une
glass-open = Ouvrir en urgence
glass-lead = Un seul enregistrement, pendant une heure. C’est inscrit avant l’ouverture, et une autre personne l’examine ensuite.
glass-party = De qui vient l’enregistrement
glass-record = Identifiant de l’enregistrement
glass-conditions = Je respecte les conditions d’utilisation qui y sont attachées
glass-until = Ouvert en urgence jusqu’au { $what }

# One record.
keeping-review-by = à revoir le { $what }
keeping-erasure-waits = effacement en attente
keeping-own-gone = notre copie est effacée
keeping-own-waits = notre copie part quand tous auront répondu
keeping-own-here = notre copie est encore ici
copy-asked = demandé
copy-done = fait
copy-refused = refusé
copy-unreachable = injoignable
keeping-is-restricted = Limité
keeping-is-held = Conservé à titre de preuve
keeping-is-overdue = Révision en retard : limité
keeping-erased = Contenu effacé
keeping-released = Transmis le
keeping-next-review = Prochaine révision
keeping-erasure-day = Effacement
keeping-hold-by = Preuve, décidé par
keeping-restricted-by = Limité par
keeping-reviewed-by = Dernière révision
keeping-file = Pièce jointe
keeping-partners = Chez les partenaires
keeping-review = Revoir
keeping-until = Garder, et revoir le
keeping-latest = Au plus tard le { $what }
keeping-keep = Garder jusqu’à cette date
keeping-erase = Effacer maintenant
keeping-own = Notre propre copie
keeping-own-lead = Vous avez rappelé cet enregistrement. Notre copie peut partir aussi.
keeping-own-stated = Quand tous auront répondu
keeping-own-now = L’effacer maintenant
keeping-restrict = Limitation
keeping-restrict-lead = Limité, il reste visible comme tel, ne se trouve plus par la recherche et ne sert plus sans nouvel examen.
keeping-lift-lead = La personne concernée est informée avant la levée.
keeping-lift-free = La personne concernée n’a pas contesté l’exactitude : personne n’est à informer avant la levée.
keeping-contested = La personne concernée conteste l’exactitude : elle sera informée avant la levée
keeping-told = La personne concernée a été informée
keeping-restrict-do = Limiter
keeping-lift-do = Lever la limitation
keeping-hold = Conservation à titre de preuve
keeping-hold-lead = Jusqu’à la date choisie rien ne l’efface. Un rappel reçu entre-temps est refusé par une déclaration que l’expéditeur voit.
keeping-hold-until = Jusqu’au
keeping-hold-do = Conserver
keeping-lift-hold-lead = À la levée, l’effacement qui attendait est exécuté aussitôt et déclaré à l’expéditeur.
keeping-lift-hold-do = Lever
keeping-open = Ouvrir pour décider
keeping-open-lead = La raison est inscrite au registre avant l’ouverture.
keeping-closed-lead = Vous décidez de sa conservation sans l’ouvrir. Limitez-le d’abord pour le lire et décider.
keeping-opened-note = Cette consultation est inscrite au registre.

# Requests of data subjects.
keeping-rights = Demandes de personnes concernées
keeping-rights-empty = Aucune demande ouverte. Inscrivez-en une dès sa réception : le délai est d’un mois.
rights-new = Inscrire une demande
rights-subject = Référence de la personne
rights-subject-hint = Dans vos mots ; une référence plutôt qu’un nom.
rights-kind = Ce qu’elle demande
rights-received = Reçue le
rights-received-on = Reçue le { $what }
rights-how = Comment elle est arrivée
rights-answered = Demandes répondues
rights-late = Le délai est dépassé
rights-identified-how = Comment l’identité a été vérifiée
rights-consult = Consulter un partenaire
rights-consult-lead = Quand les données viennent de lui, il est consulté avant la réponse.
rights-heard-what = Ce qu’il a répondu
rights-answer = Répondre
rights-reasons = Motifs
rights-reasons-hint = Gardés pour l’autorité de contrôle, pas envoyés à la personne.
right-access = accès
right-rectification = rectification
right-erasure = effacement
right-objection = opposition
answer-granted = accordé
answer-partial = accordé en partie
answer-refused = refusé
answer-neither-nor = ni confirmé ni démenti
keeping-answer-by = répondre avant le { $what }

# Breaches.
keeping-breaches = Violations
keeping-breaches-empty = Aucune violation ouverte. Inscrivez-en une dès qu’elle est connue : 72 heures pour notifier.
breach-new = Inscrire une violation
breach-title = En une ligne
breach-known = Connue depuis
breach-known-since = Connue depuis le { $what }
breach-partners = Partenaires concernés, à informer sans délai
breach-what = Ce qui s’est passé
breach-closed = close
breaches-closed = Violations closes
breach-late = Les 72 heures sont passées
breach-notify-by = notifier avant le { $what }
breach-untold = { $n ->
    [one] { $n } partenaire à informer
    [many] { $n } de partenaires à informer
   *[other] { $n } partenaires à informer
}
breach-tell = Informer { $what }
breach-told-how = Quand et comment
breach-authority = Autorité de contrôle
breach-reference = Référence de la notification, ou pourquoi elle n’est pas due
breach-concerns = Un autre partenaire est concerné

# Steps of both.
steps = Ce qui a été fait
take-down = Inscrire
step-note = Note
step-identified = Identité vérifiée
step-consulted = { $what } : consulté
step-heard = { $what } : réponse
step-answered = Répondu : { $what }
step-concerns = { $what } : concerné
step-told = { $what } : informé
step-notified = Autorité notifiée
step-no-risk = Aucun risque : pas de notification
step-persons-told = Personnes concernées informées
step-closed = Close

# Today.
today-keeping = À décider
today-keeping-lead = Violations, demandes, ouvertures d’urgence et révisions en retard.
duty-rights = demande d’une personne concernée
duty-breach = violation
duty-glass = ouverture d’urgence à examiner
duty-review = révision en retard

# The register.
register-outcome = Issue
outcome-done = fait
outcome-refused = refusé
register-code = Code de la règle
register-party = De qui, ou quel partenaire
register-record = Enregistrement
register-from = Du
register-until = Au
register-filter-wrong = Un des critères n’est pas valable ; pour un enregistrement, dites aussi de qui.

# What was done, and what was not.
done-reviewed = Révision inscrite
done-held = Conservé à titre de preuve
done-hold-lifted = Conservation levée
done-own-copy = Notre copie partira quand tous auront répondu
done-erased-now = Effacé, ici et dans tout ce qui en venait
done-glass-judged = Votre constat est inscrit
done-taken-down = Inscrit
code-e-not-recalled = Seule la copie de ce qui a été rappelé part avant sa date.
code-e-not-delivered = Un partenaire ne l’a pas encore reçu : laissez partir notre copie quand tous auront répondu.
code-e-no-hold = Cet enregistrement n’est pas conservé à titre de preuve.
code-e-keeping-changed = Quelqu’un a décidé entre-temps : regardez de nouveau. Rien n’a été changé.
code-e-rights-step = Cette étape ne convient pas : l’identité d’abord, puis les partenaires consultés, puis la réponse.
code-e-breach-step = Cette étape ne convient pas : l’autorité et chaque partenaire sont informés avant la clôture.
code-e-date = Cette date ne peut pas être dans le futur.

thing-rights = Demande d’une personne
thing-breach = Violation de données
thing-report = Signalement confidentiel
thing-processing = Registre des traitements
thing-search = Recherche
thing-access-policy = Politique d’accès
thing-register = Registre
thing-text = Texte
thing-agreement = Accord
thing-token = Jeton
thing-settings = Réglages
