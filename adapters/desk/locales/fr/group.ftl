# The joint group: agreement, and the words of its lists (fr). Every language has the same keys; a test compares them.
room-group = Groupe mixte
group-pages = Pages du groupe
group-tab-table = Table
group-table-lead = Ce qui attend une signature, ce qui est en retard, ce qui vient d’être convenu.
group-empty = Rien n’attend
group-empty-lead = Proposez une décision, convoquez une réunion ou lisez un communiqué : l’autre partie le verra dès que vous l’aurez proposé.
group-none-here = Aucun groupe
group-none-here-lead = Un groupe existe quand un accord du côté « groupe » est signé par toutes les parties et que votre unité y figure.
group-to-sign = À signer par nous
group-to-verify = À vérifier par nous
group-late = En retard
group-diverging = Appréciations divergentes
group-they-sign = En attente de leur signature
group-recent = Convenu récemment
group-waits-us = Attend notre signature
group-waits-them = Attend leur signature
group-agreed-tag = Convenu
group-agreed = Texte convenu
group-your-signature = Ce texte attend votre signature
group-their-signature = Ce texte attend leur signature
group-amends = Cette proposition modifie le texte convenu : ce qui s’ajoute et ce qui disparaît est marqué.
group-offers-anew = Cette proposition remplace la précédente, qui n’a pas été acceptée : ce qui s’ajoute et ce qui disparaît est marqué.
group-we-withdraw = Nous avons demandé à retirer cette proposition. Elle reste ouverte tant qu’ils n’y ont pas consenti.
group-they-withdraw = Ils demandent à retirer cette proposition. Vous pouvez y consentir, ou signer quand même.
group-waits-for = On attend :
group-accept-hint = Signer lie votre administration. Le texte ne peut plus être changé que par un nouvel accord.
group-accept = Signer ce texte
group-release = Consentir au retrait
group-ask-change = Demander un changement
group-reason = Ce qui devrait changer, et pourquoi
group-reject = Ne pas signer, demander ce changement
group-take-position = Prendre position
group-stance = Notre position
group-stance-agrees = D’accord
group-stance-with-reservation = D’accord, avec une réserve
group-stance-objects = S’oppose
group-stance-no-position = Sans position
group-statement = Déclaration, dans vos mots
group-say-position = Faire connaître la position
group-withdraw = Demander à retirer la proposition
group-hash = Empreinte de ce que tous ont signé :
group-proof = Preuve
group-translate = Ajouter une traduction de courtoisie
group-translate-hint = Elle n’entre pas dans ce qui est signé et porte votre nom. Seules les versions signées font foi.
group-courtesy = Traduction de courtoisie · { $what }
group-language = Langue
group-title = Titre
group-text = Texte
group-add-translation = Ajouter la traduction
group-breach-title = Signatures contradictoires
group-breach = { $what } a signé contre sa propre signature : d’abord le { $first }, puis le { $second }. Les deux preuves sont conservées.
group-comments = Échanges
group-no-comments = Rien n’a été dit encore.
group-comment = Votre remarque, visible des deux côtés
group-say-comment = Envoyer la remarque
group-ignored = Ne compte pas :
group-own-note = Réservé à nous
group-own-note-hint = Cette note ne quitte jamais ce nœud. L’autre partie n’en voit rien.
group-own-note-text = Note interne
group-own-note-save = Enregistrer la note
group-new-decision = Proposer une décision
group-new-decision-lead = Écrivez le texte dans les langues qui feront foi. Il part à l’autre partie et n’engage personne avant sa signature.
group-change-decision = Proposer un changement
group-change-lead = Partez du texte actuel. L’autre partie verra chaque paragraphe changé ; les signatures d’avant ne valent pas pour le nouveau texte.
group-propose-change = Proposer un changement
group-offer = Proposer à l’autre partie
group-offer-hint = Proposer vaut signature de votre part : vous ne pourrez signer aucun autre texte sur ce point tant que celui-ci est ouvert.
group-yes = Oui
group-no = Non
group-none = Aucun
group-term-sectors = Secteurs
group-term-kind = Nature
group-term-start = Début
group-term-end = Fin
group-term-place = Lieu
group-term-items = Points à l’ordre du jour
group-term-effect = Prend effet le
group-term-strand = Volet
group-term-state = État
group-term-ended = A pris fin
group-term-responsible = Partie responsable
group-term-function = Fonction responsable
group-term-due = Échéance
group-term-sector = Secteur
group-term-objective = Objectif du Pacte mondial
group-term-sdg = Cible de développement durable
group-term-indicators = Indicateurs
group-term-public = Publiable
group-term-closure = Clôture
group-term-code = Code
group-term-unit = Unité
group-term-measure = Mesure
group-term-aggregation = Agrégation
group-term-baseline = Valeur de départ
group-term-target = Cible
group-term-embargo = Embargo jusqu’au

# group-kind
group-kind-group = Groupe
group-kind-meeting = Réunion
group-kind-item = Point
group-kind-decision = Décision
group-kind-commitment = Engagement
group-kind-action = Action
group-kind-minutes = Procès-verbal
group-kind-communique = Communiqué
group-kind-topic = Sujet
group-kind-indicator = Indicateur
group-kind-programme = Programme
group-kind-practice = Pratique
group-kind-expert = Fonction experte
group-kind-request = Demande d’expertise
group-kind-mission = Mission
group-kind-consultation = Consultation
group-kind-competence = Offre de compétence

# group-standing
group-standing-open = Ouverte
group-standing-agreed = Convenue
group-standing-rejected = Changement demandé
group-standing-released = Retirée
group-standing-void = Croisée : celle de la présidence reste

# group-stage
group-stage-draft = Projet
group-stage-convened = Convoquée
group-stage-in-session = En cours
group-stage-ended = Terminée
group-stage-postponed = Reportée
group-stage-cancelled = Annulée
group-stage-proposed = Proposé
group-stage-accepted = Retenu
group-stage-declined = Écarté
group-stage-deferred = Remis à plus tard
group-stage-discussed = Traité
group-stage-prepared = Préparé
group-stage-circulated = Circulé
group-stage-to-do = À faire
group-stage-doing = En cours
group-stage-done = Fait
group-stage-pipeline = En préparation
group-stage-implementation = En œuvre
group-stage-finalisation = En clôture
group-stage-closed = Clos
group-stage-suspended = Suspendu
group-stage-peer-reviewed = Relu par un pair
group-stage-published = Publié entre parties
group-stage-to-refresh = À actualiser
group-stage-submitted = Déposée
group-stage-clarify = À préciser
group-stage-matched = Pourvue
group-stage-delivered = Réalisée
group-stage-evaluated = Évaluée
group-stage-reported = Rapport remis
group-stage-open = Ouvert
group-stage-answered = Suite donnée
group-stage-active = Actif

# group-progress
group-progress-draft = Projet
group-progress-proposed = Proposé
group-progress-dropped = Abandonné
group-progress-agreed = Convenu, à commencer
group-progress-under-way = En cours
group-progress-reported-done = Déclaré fait, à vérifier
group-progress-fulfilled = Tenu
group-progress-partly = Tenu en partie
group-progress-not-fulfilled = Non tenu
group-progress-ended = Terminé d’un commun accord

# group-flag
group-flag-on-track = En bonne voie
group-flag-at-risk = À risque
group-flag-blocked = Bloqué
group-flag-late = En retard
group-flag-disputed = Contesté

# group-sector
group-sector-interior = Intérieur
group-sector-justice = Justice
group-sector-foreign-affairs = Affaires étrangères
group-sector-health = Santé
group-sector-labour = Travail et formation
group-sector-education = Éducation et recherche
group-sector-social = Social, logement, famille
group-sector-local-government = Collectivités locales
group-sector-development = Coopération au développement
group-sector-culture = Culture et cultes
group-sector-rights = Droits et protection des données
group-sector-economy = Économie et finances

# group-strand
group-strand-expertise = Information et expertise
group-strand-security = Sécurité et anticipation
group-strand-borders = Frontières et trafics
group-strand-prevention = Prévention
group-strand-reintegration = Réinsertion
group-strand-migration = Migration
group-strand-diaspora = Diaspora
group-strand-institutions = Institutions

# group-meeting
group-meeting-plenary = Plénière
group-meeting-technical = Technique
group-meeting-ministerial = Ministérielle

# group-closure
group-closure-fulfilled = Tenu
group-closure-partly = Tenu en partie
group-closure-not-fulfilled = Non tenu
group-closure-replaced = Remplacé
group-closure-withdrawn = Retiré d’un commun accord

# group-measure
group-measure-unit = Nombre
group-measure-percentage = Pourcentage
group-measure-nominal = Échelle propre
group-measure-ordinal = Échelle ordonnée
group-measure-qualitative = En mots

# group-aggregation
group-aggregation-sum = Somme
group-aggregation-mean = Moyenne
group-aggregation-last = Dernière valeur
group-aggregation-none = Aucune

# group-gcm
group-gcm-1 = Données pour des politiques fondées sur des faits
group-gcm-2 = Réduire ce qui force au départ
group-gcm-3 = Informer à chaque étape
group-gcm-4 = Identité légale et papiers
group-gcm-5 = Voies régulières accessibles
group-gcm-6 = Recrutement équitable, travail décent
group-gcm-7 = Réduire les vulnérabilités
group-gcm-8 = Sauver des vies, rechercher les disparus
group-gcm-9 = Contre le trafic de migrants
group-gcm-10 = Contre la traite des personnes
group-gcm-11 = Gestion coordonnée des frontières
group-gcm-12 = Procédures claires et prévisibles
group-gcm-13 = Rétention en dernier recours
group-gcm-14 = Protection consulaire
group-gcm-15 = Accès aux services de base
group-gcm-16 = Inclusion et cohésion
group-gcm-17 = Contre la discrimination
group-gcm-18 = Compétences et qualifications reconnues
group-gcm-19 = La diaspora, acteur du développement
group-gcm-20 = Transferts d’argent moins chers
group-gcm-21 = Retour digne et réinsertion
group-gcm-22 = Portabilité des droits sociaux
group-gcm-23 = Coopération internationale

# done
done-offered = Proposé à l’autre partie
done-accepted = Signé
done-rejected = Changement demandé
done-withdrawn = Retrait demandé
done-let-go = Retrait consenti
done-said = Dit aux deux parties
done-noted = Note enregistrée

# code
code-e-changed = Quelqu’un a parlé entre-temps. Regardez de nouveau avant de répondre.
code-e-offer-open = Une autre proposition est ouverte. Répondez-y, ou retirez la vôtre d’abord.
code-e-not-open = Cette proposition n’est plus ouverte.
code-e-not-offered = Ce texte n’a pas été proposé.
code-e-base = Le texte convenu a changé depuis. Repartez de lui.
code-e-again = C’est déjà dit.
code-e-not-theirs = Cela revient à l’autre partie.
code-e-stage = D’ici, on ne passe pas directement à cette étape.
code-e-too-early = Il est trop tôt : l’autre partie doit d’abord agir.
code-e-not-sealed = Ce n’est pas ce qui avait été scellé.
code-e-kind = Cela ne se dit pas d’un tel objet.
code-e-shape = Des indications se contredisent ou manquent.
code-e-number = Un nombre n’est pas valide.

group-past =
    { $n ->
        [one] { $n } proposition passée
       *[other] { $n } propositions passées
    }
code-e-behind = Ce qui a été dit avant attend encore l’autre journal. Réessayez dans un instant.
