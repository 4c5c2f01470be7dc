# Le groupe mixte : consultations, communiqués, site public (fr).

group-tab-consultations = Consultations
group-tab-communiques = Communiqués

group-communiques = Communiqués
group-communiques-lead = Textes destinés au public. Un communiqué paraît quand toutes les parties l’ont signé et que son embargo est levé.
group-communiques-empty = Il n’y a pas encore de communiqué. Rédigez-en un et proposez-le à l’autre partie.
group-new-communique = Nouveau communiqué
group-change-communique = Proposer une modification du communiqué
group-communique-lead = Chaque version linguistique remplie fait foi : toutes sont signées ensemble.
group-communique-not-agreed = Pas encore convenu
group-public-since = Public depuis le { $what }
group-embargo-until = Sous embargo jusqu’au { $what }
group-embargo-hint = Avant ce moment, personne à l’extérieur ne voit le texte, même s’il est convenu.

group-consultations = Consultations
group-consultations-lead = Questions posées aux organisations, leurs réponses et les suites données ; offres de compétences d’organisations.
group-consultations-empty = Personne n’a encore été consulté. Rédigez une question ; vous l’ouvrirez quand elle sera prête.
group-new-consultation = Nouvelle consultation
group-new-consultation-lead = Interrogez des organisations, jamais des personnes. Rédigez la question dans chaque langue où elle est posée.
group-consult-hint = C’est un projet jusqu’à son ouverture. Ensuite la page publique l’affiche et reçoit les réponses pendant cette période.
group-consult-save = Garder comme projet
group-consult-by = Posée par
group-consult-question = La question
group-consult-open = Ouvrir la consultation
group-consult-close = Clore : plus de réponses
group-consult-reply = Dire les suites données
group-consult-reply-hint = Elles sont publiées avec les réponses. Dites ce qui a été retenu, ce qui ne l’a pas été, et pourquoi.
group-consult-answer = Publier les suites données
group-consult-none = Aucune réponse n’a encore été retenue.
group-consult-type-in = Ajouter une réponse reçue par courrier ou en réunion
group-consult-add = Ajouter la réponse
group-waiting-answers = { $n ->
    [one] Une réponse à examiner
   *[other] { $n } réponses à examiner
}
group-waiting-hint = Elles sont arrivées par la page publique et ne se trouvent qu’ici. Retenez une réponse pour la publier et la communiquer à l’autre partie ; écartez-la pour la détruire.
group-waiting-looked = J’ai examiné les passages marqués : rien n’y concerne une personne en particulier.
group-waiting-take = Retenir et publier
group-waiting-drop = Écarter
group-mark-mail = adresse électronique
group-mark-phone = numéro de téléphone
group-mark-account = compte bancaire
group-mark-birth = date de naissance
group-mark-document = numéro de document
group-mark-person = donnée d’une personne

group-new-competence = Nouvelle offre de compétences


done-consult-opened = La consultation est ouverte
done-consult-closed = La consultation est close
done-consult-told = Les suites données sont publiées
done-answer-taken = Retenue et publiée
done-answer-dropped = Écartée et détruite

# Le site public
public-rooms = Pages
public-home = Accueil
public-lead = Ce que les administrations de ce groupe ont convenu et ce qu’elles en font : communiqués, engagements et leur avancement, programmes, consultations.
public-communique = Communiqué conjoint
public-communiques = Communiqués
public-communiques-lead = Textes signés par toutes les parties.
public-no-communiques = Aucun communiqué n’a encore été publié.
public-commitments = Engagements
public-commitments-lead = Ce qui a été promis, par qui et pour quand. L’avancement est calculé d’après les rapports et vérifié par l’autre partie.
public-no-commitments = Aucun engagement n’a encore été publié.
public-all-commitments = Tous les engagements
public-programmes = Programmes
public-programmes-lead = Programmes que les parties publient.
public-no-programmes = Aucun programme n’a encore été publié.
public-consultation = Consultation
public-consultations = Consultations
public-consultations-lead = Questions posées aux organisations, leurs réponses et les suites données.
public-no-consultations = Il n’y a pas encore de consultation.
public-open-consultations = Consultations ouvertes
public-meetings = Réunions tenues
public-no-meetings = Aucune réunion n’a encore été publiée.
public-by = Publié par
public-about = À propos de ce site
public-feed = Suivre (Atom)
public-iati = Programmes en données (IATI)
public-iati-one = Ce programme en données (IATI)
public-paging = Pages de la liste
public-newer = Plus récents
public-older = Plus anciens
public-related = À lire aussi
public-share = Partager
public-address = Adresse à copier
public-by-mail = Écrire un courriel avec cette adresse
public-since = Public depuis
public-signed-by = Signé par
public-courtesy = Traduction de courtoisie par { $what } ; les versions signées sont dans d’autres langues.
public-other-language = Ce texte existe dans une autre langue : { $what }.
public-due = échéance { $what }
public-earlier = Échéances antérieures
public-measured = Comment c’est mesuré
public-small = Les petits nombres ne sont pas montrés, afin que personne ne puisse être reconnu.
public-no-values = Aucune valeur n’a encore été communiquée.
public-period = Période
public-of-whom = De qui
public-target = Visé
public-reached = Atteint
public-standing = Statut
public-total = Au total :
public-baseline = avant : { $what }
public-aim = visé : { $what }
public-all = tous
public-none = non indiqué
public-hidden = non montré (petit nombre, inférieur à { $n }, ou voisin d’un tel nombre)
public-age = âgés de { $what } ans
public-sex-female = femmes et filles
public-sex-male = hommes et garçons
public-sex-other = autre ou non précisé
public-value-preliminary = provisoire
public-value-validated = validé
public-value-contested = contesté
public-identifier = Identifiant
public-countries = Pays
public-budget = Budget
public-role-funding = Financé par
public-role-accountable = Responsable
public-role-extending = Géré par
public-role-implementing = Mis en œuvre par
public-stage-pipeline = En préparation
public-stage-implementation = En cours
public-stage-finalisation = En voie d’achèvement
public-stage-closed = Terminé
public-stage-cancelled = Annulé
public-stage-suspended = Suspendu
public-consult-draft = Projet
public-consult-open = Ouverte
public-consult-closed = Close
public-consult-answered = Suites données
public-audience = Qui est interrogé
public-from = Ouverte à partir du
public-until = Ouverte jusqu’au
public-reply = Suites données
public-answers = { $n ->
    [one] { $n } réponse
   *[other] { $n } réponses
}
public-no-answers = Aucune réponse n’a encore été publiée.
public-answer = Répondre au nom d’une organisation
public-answer-hint = Votre réponse est d’abord lue ; elle peut ensuite être publiée avec le nom de votre organisation. N’écrivez pas sur des personnes en particulier : ni noms, ni adresses, ni numéros de téléphone.
public-answer-kept = { $n ->
    [one] Une réponse que personne n’a examinée est détruite après un jour.
   *[other] Une réponse que personne n’a examinée est détruite après { $n } jours.
}
public-organisation = Organisation
public-text = Réponse
public-trap = Laissez ce champ vide
public-send = Envoyer la réponse
public-thanks = Merci
public-thanks-lead = Votre réponse est arrivée. Quelqu’un la lit ; si elle est retenue, elle paraît avec la consultation.
public-answer-fault = Votre réponse n’a pas été reçue
public-fault-empty = Indiquez votre organisation et rédigez une réponse.
public-fault-long = La réponse est trop longue. Veuillez la raccourcir.
public-fault-many = Trop de réponses sont arrivées. Réessayez plus tard ; ce que vous avez écrit est encore ici.
public-fault-over = Cette consultation ne reçoit plus de réponses.
public-fault-origin = Le formulaire ne provient pas de ce site. Rouvrez la page et envoyez-le depuis celle-ci.
public-absent = Il n’y a rien ici
public-absent-lead = Cette page n’existe pas, ou elle n’est pas publique.
public-failed = Cela n’a pas fonctionné
public-failed-lead = C’est notre faute, pas la vôtre. Réessayez plus tard.
public-about-what = Ce site montre ce que les parties d’un groupe mixte ont décidé de publier : communiqués signés par toutes, engagements déclarés publics avec leur avancement, réunions tenues, programmes publics, consultations d’organisations.
public-about-not = Rien d’autre de leur travail ne se trouve ici. Les responsables sont désignés par leur fonction, jamais par leur nom.
public-about-numbers = Les nombres inférieurs à dix ne sont pas montrés, ni ceux qui les trahiraient. Les nombres qu’une partie conteste sont montrés comme contestés. Secteurs propres aux fichiers de programmes : intérieur, justice, affaires étrangères, santé, travail, éducation, social, collectivités locales, développement, culture, droits, économie.
public-about-data = Ce site ne dépose aucun cookie, n’exécute aucun script, ne charge rien d’ailleurs et ne garde aucune adresse de ses lecteurs.
public-about-answers = Une réponse à une consultation est gardée scellée jusqu’à sa lecture. Elle est ensuite publiée avec le nom de l’organisation, ou détruite.
public-about-access = Le site s’utilise au clavier, avec un lecteur d’écran et sans script, en quatre langues. Si quelque chose vous empêche d’y accéder, écrivez à l’administration nommée ci-dessous.
