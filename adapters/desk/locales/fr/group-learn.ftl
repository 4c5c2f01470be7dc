# The joint group: expertise, prevention, programmes (fr).
learn-tab-expertise = Expertise
learn-tab-prevention = Prévention et réinsertion
learn-tab-programmes = Programmes
learn-tab-tables = Listes en fichiers
learn-expertise-lead = Ce que chaque partie sait faire, qui elle peut envoyer et ce dont elle a besoin : pratiques, experts par fonction, demandes et missions.
learn-prevention-lead = Programmes et pratiques de prévention et de réinsertion, et chiffres globaux. Aucun participant n’y figure, ni par son nom ni autrement.
learn-programmes-lead = Qui finance, qui exécute, où et jusqu’à quand. Les fichiers d’autres systèmes se lisent ici, les nôtres se lisent chez eux.
learn-tables-lead = Chaque liste se télécharge en fichier CSV, se modifie dans un tableur et se rapporte ici. Inchangée, elle ne propose rien.
learn-tables-hint = La première colonne est le nom de l’objet : n’y touchez pas ; une ligne sans nom est nouvelle. Les colonnes qui découlent d’autres ne sont pas relues.
learn-any = Tous
learn-show = Afficher
learn-empty = Rien ici pour l’instant
learn-empty-lead = Ajoutez le premier, ou élargissez le filtre : l’autre partie le voit aussitôt.
learn-new-programme = Nouveau programme
learn-new-practice = Nouvelle pratique
learn-new-expert = Nouvelle fonction d’expert
learn-new-request = Demander une expertise
learn-new-mission = Préparer une mission
learn-new-competence = Nouvelle offre de compétence
learn-lead-programme = Un programme tel que les deux parties doivent le connaître : partenaires, pays, dates, budget.
learn-lead-practice = Dites quel était le problème et ce qui a été fait. L’autre partie l’examine avant sa publication entre les parties.
learn-lead-expert = Une fonction et ce en quoi elle peut aider ; jamais la personne qui l’exerce.
learn-lead-request = Dites ce qu’il faut et ce qui doit en résulter. Déposez la demande quand elle est complète.
learn-lead-mission = Termes de référence, fonctions qui partent et dates ; ensuite le rapport et ses recommandations.
learn-lead-competence = Ce qu’offre une organisation de la diaspora. Aucun profil de personne.
learn-all-programme = Programmes
learn-all-practice = Pratiques
learn-all-expert = Experts par fonction
learn-all-request = Demandes d’expertise
learn-all-mission = Missions
learn-all-competence = Offres de compétence
learn-iati-public = Programmes publics en IATI 2.03
learn-iati-all = Tous les programmes en IATI 2.03
learn-import = Lire des programmes dans un fichier
learn-import-lead = Vous voyez d’abord ce qui est nouveau, ce qui diffère et ce qui se contredit. Rien n’est enregistré avant votre choix.
learn-import-iati = Un fichier d’activités IATI, version 2.03
learn-import-file = Fichier XML
learn-import-eutf = Deux tableaux du Fonds fiduciaire de l’UE pour l’Afrique
learn-import-projects = Projets (CSV)
learn-import-results = Résultats (CSV)
learn-look = Examiner
learn-evidence-experience = Expérience
learn-evidence-monitored = Suivie
learn-evidence-evaluated = Évaluée par d’autres
learn-evidence-compared = Évaluée avec comparaison
learn-evidence-least = Niveau de preuve, au moins
learn-evaluation-due = À évaluer maintenant
learn-evaluation-on = Évaluation le { $what }
learn-edit = Modifier cette description
learn-save = Le dire aux deux parties
learn-save-hint = Les deux parties le voient aussitôt, avec votre administration pour auteur.
learn-no-persons = Fonctions et organisations uniquement : ni nom, ni numéro, ni adresse d’une personne.
learn-wary = Ceci ressemble à des données d’une personne
learn-wary-lead = De ce côté il n’y a pas de personnes (règles G38 et G41). Si ce n’en est pas, confirmez ; sinon, revenez et retirez-le.
learn-wary-confirm = J’ai tout vérifié : aucune n’est la donnée d’une personne
learn-transfer = Ce qu’il faut pour que cela marche ailleurs
learn-recommendation = Recommandation { $n }
learn-recommendations = Recommandations
learn-to-commitment = Proposer comme engagement
learn-field-identifier = Identifiant IATI
learn-field-funding = Financé par
learn-field-accountable = Responsable
learn-field-extending = Gestion des fonds
learn-field-implementing = Mis en œuvre par
learn-field-sector = Secteur
learn-field-strand = Volet
learn-field-code = Code-objet
learn-field-objectives = Objectifs du Pacte mondial
learn-field-countries = Pays et parts
learn-field-from = Du
learn-field-until = Au
learn-field-budget = Budget
learn-field-currency = Devise
learn-field-instalments = Budget par période
learn-field-indicators = Indicateurs
learn-field-public = Publication
learn-field-sectors = Secteurs
learn-field-strands = Volets
learn-field-languages = Langues de travail
learn-field-available = Disponible à partir du
learn-field-host = Institution d’accueil
learn-field-needed = Nécessaire jusqu’au
learn-field-functions = Qui part, par fonction
learn-field-organisation = Organisation
learn-field-stands = Valable jusqu’au
learn-field-audience = Pour quel public
learn-field-evidence = Niveau de preuve
learn-field-contact = Fonction à contacter
learn-field-refresh = À revoir le
learn-hint-identifier = Comme au registre, par exemple XM-DAC-2-10-1234.
learn-hint-code = Cinq chiffres de la liste du CAD, par exemple 15190 pour la migration.
learn-hint-countries = Deux lettres et une part ; au total 100 : MA 60; BE 40.
learn-hint-currency = Trois minuscules : eur, mad.
learn-hint-instalments = Une période par ligne, d’un an au plus : 2024-01-01 2024-12-31 600000. Le total est celui du budget.
learn-hint-funding = Une organisation par ligne.
learn-hint-functions = Une fonction par ligne, par exemple conseiller en formation professionnelle.
learn-hint-audience = Un public en général, par exemple les jeunes en ville ; jamais qui ils sont.
learn-what = Ce qu’en dit son administration
learn-now = Dès maintenant
learn-matched = Retenu
learn-open = Ouvrir
learn-fits = Ce qui répond à cette demande
learn-fits-hint = Trouvé d’après le secteur, le volet, les langues et les dates. La partie qui demande choisit une fois la demande acceptée.
learn-choose = Retenir ce qui est coché
learn-reviews = Examens et évaluations
learn-review = Ajouter un avis
learn-words = En quelques mots
learn-grade = Note de 1 (faible) à 5 (excellent)
learn-grade-of = { $n } sur 5
learn-step-draft = Revenir au brouillon
learn-step-submitted = Déposer
learn-step-peer-reviewed = L’examiner
learn-step-published = Publier entre les parties
learn-step-to-refresh = Demander une mise à jour
learn-step-clarify = Poser une question
learn-step-accepted = Accepter
learn-step-declined = Décliner
learn-step-matched = Une réponse est trouvée
learn-step-delivered = Réalisé pour nous
learn-step-evaluated = L’évaluer
learn-step-cancelled = Annuler
learn-step-doing = Commencer
learn-step-reported = Remettre le rapport
learn-step-suspended = Suspendre
learn-step-active = Reprendre
learn-step-closed = Clôturer
learn-step-implementation = En cours d’exécution
learn-step-finalisation = En cours d’achèvement
learn-reason-sector = Même secteur
learn-reason-strand = Même volet
learn-reason-language = Une langue commune
learn-reason-in-time = Disponible à temps
learn-reason-evaluated = Évaluée par d’autres
learn-list-commitments = Engagements
learn-list-actions = Actions
learn-list-items = Points d’ordre du jour
learn-list-indicators = Indicateurs
learn-list-observations = Valeurs des indicateurs
learn-list-programmes = Programmes
learn-list-practices = Pratiques
learn-list-experts = Experts par fonction
learn-list-requests = Demandes d’expertise
learn-list-missions = Missions
learn-list-topics = Sujets
learn-list-competences = Offres de compétence
learn-download = Télécharger en CSV
learn-columns = Colonnes de ce fichier
learn-bring = Rapporter un fichier modifié (CSV)
learn-becomes-offer = Une offre à signer par l’autre partie
learn-becomes-description = Notre propre description
learn-becomes-step = Une étape suivante
learn-becomes-observation = Une valeur que nous déclarons
learn-becomes-new = Nouveau
learn-row = Ligne { $n }
learn-column = Colonne { $what }
learn-place = Ligne { $row }, colonne { $column }
learn-person-column = La colonne { $column } (« { $header } ») contiendrait { $holds }.
learn-holds-name = des noms de personnes
learn-holds-birth-date = des dates de naissance
learn-holds-birth-place = des lieux de naissance
learn-holds-document = des numéros de pièces d’identité
learn-holds-register = des numéros de registre de population
learn-holds-account = des comptes bancaires
learn-holds-phone = des numéros de téléphone
learn-holds-email = des adresses électroniques
learn-holds-address = des adresses de domicile
learn-holds-nationality = la nationalité de personnes
learn-holds-person = des personnes en particulier
learn-refused-whole = Ce fichier n’est pas repris
learn-preview-lead = Rien n’est encore enregistré.
learn-refused = Non repris, et pourquoi
learn-findings = Questions que pose ce fichier
learn-changes = Ce qui changerait
learn-col-place = Où
learn-col-what = Quoi
learn-col-becomes = Ce que cela devient
learn-col-differs = Ce qui diffère
learn-col-why = Pourquoi
learn-take-hint = Ce que vous proposez part aussitôt à l’autre partie, 200 au plus à la fois.
learn-take-picked = Proposer ce qui est coché
learn-take-all = Proposer toutes ces modifications
learn-back = Choisir un autre fichier
learn-iati-broken = Le fichier n’est pas un fichier IATI 2.03 valide.
learn-q-iati-repeated = { $activity } déclare { $actual } pour « { $indicator } », ce qui ne fait que répéter ses contrats ({ $contracts }) : une somme le compterait deux fois.
learn-q-iati-differs = { $activity } déclare { $actual } pour « { $indicator } », ses contrats { $below } au total.
learn-q-iati-far-above = { $activity } : « { $indicator } » visait { $target } et a atteint { $actual }, plus de trois fois autant.
learn-q-iati-above-decision = { $activity } a décidé { $actual }, ses contrats valent { $below }.
learn-q-iati-no-start = { $activity } n’a pas de date de début.
learn-q-iati-shares-assumed = { $activity } cite { $countries } pays et { $topics } thèmes sans parts : des parts égales ont été supposées.
learn-q-iati-unknown-activity = Il y a des résultats pour { $activity }, qui ne figure pas parmi les projets.
learn-q-iati-rule = La règle { $rule } de la norme n’est pas respectée à la ligne { $line } : { $says }
learn-e-oda-forced-return = { $activity } parle de retour forcé dans le secteur de la migration : cela ne compte pas comme aide au développement.
code-e-table-rows = Le fichier a plus de 100 000 lignes. Rapportez-le en plusieurs parties.
code-e-table-columns = Le fichier a plus de 200 colonnes.
code-e-table-size = Le fichier est trop grand. Rapportez-le en plusieurs parties.
code-e-table-row-size = Une ligne est trop longue ; un guillemet n’est peut-être pas fermé.
code-e-table-cell = Une cellule est trop longue.
code-e-table-no-headers = Le fichier n’a pas de ligne de noms de colonnes.
code-e-table-empty-header = Une colonne n’a pas de nom.
code-e-table-same-header = Deux colonnes portent le même nom.
code-e-table-ragged = Une ligne a plus ou moins de cellules que de colonnes, comme après une fusion de cellules.
code-e-not-utf8 = Le texte n’est pas en UTF-8. Enregistrez le tableau en CSV UTF-8.
code-e-table-control = Une cellule contient un signe invisible qui n’est pas admis.
code-e-table-source = Le fichier n’a pas pu être lu jusqu’au bout.
code-e-table-missing = Il faut une valeur ici.
code-e-table-value = Ce n’est pas écrit comme cette colonne le demande.
code-e-table-yes-no = Écrivez yes ou no.
code-e-table-cells = Écrivez chaque nombre ainsi : 12 female 18-25 Rabat, avec - pour ce qui n’est pas dit.
code-e-table-partners = Écrivez chaque partenaire ainsi : implementing Enabel, un par ligne.
code-e-table-countries = Écrivez les pays avec leur part : MA 60; BE 40.
code-e-table-parent = Ce à quoi un objet appartient ne change pas.
code-e-table-foreign-column = Cette liste n’a pas une telle colonne.
code-e-table-no-column = Cette colonne manque.
code-e-table-traces = Quelque chose ressemble à des données d’une personne. Confirmez que non, ou retirez-le.
code-e-unknown = Il n’y a rien de ce nom ici.
code-e-nothing-picked = Cochez au moins une ligne.
code-e-file-missing = Choisissez d’abord un fichier.
code-e-iati-empty = Il n’y a pas encore de programme à écrire.
code-e-iati-identifier = L’identifiant n’est pas utilisable.
code-e-iati-title = Il n’y a pas de titre utilisable.
code-e-iati-text = La description contient des signes non admis.
code-e-iati-partner = Le nom d’un partenaire n’est pas utilisable.
code-e-iati-no-country = Aucun pays n’est cité.
code-e-iati-country = Un pays n’est pas écrit en deux lettres.
code-e-iati-shares = Les parts des pays ne totalisent pas 100.
code-e-iati-currencies = Les montants sont en plusieurs devises.
code-e-iati-no-start = Il n’y a pas de date de début.
code-e-iati-sector = Il n’y a pas de code de secteur.
learn-more-rows =
    { $n ->
        [one] Seul le plus récent est affiché ({ $n }) ; le fichier de la liste contient tout.
       *[other] Les { $n } plus récents sont affichés ; le fichier de la liste contient tout.
    }
learn-held =
    { $n ->
        [one] { $n } ligne
       *[other] { $n } lignes
    }
learn-unchanged =
    { $n ->
        [one] { $n } est identique à ce qui est ici.
       *[other] { $n } sont identiques à ce qui est ici.
    }
learn-cells =
    { $n ->
        [one] { $n } cellule
       *[other] { $n } cellules
    }
learn-more-changes =
    { $n ->
        [one] { $n } modification au total ; les premières sont affichées.
       *[other] { $n } modifications au total ; les premières sont affichées.
    }
learn-said =
    { $n ->
        [one] { $n } modification a été proposée.
       *[other] { $n } modifications ont été proposées.
    }
learn-left =
    { $n ->
        [one] Il en reste { $n } : proposez encore pour continuer.
       *[other] Il en reste { $n } : proposez encore pour continuer.
    }
learn-indicators-stay =
    { $n ->
        [one] { $n } indicateur reste dans le fichier : les parties conviennent d’un indicateur avant de l’employer.
       *[other] { $n } indicateurs restent dans le fichier : les parties conviennent d’un indicateur avant de l’employer.
    }
learn-q-iati-empty-rows =
    { $n ->
        [one] { $n } ligne de résultats n’a ni cible ni valeur et a été laissée de côté.
       *[other] { $n } lignes de résultats n’ont ni cible ni valeur et ont été laissées de côté.
    }
learn-q-iati-left-out =
    { $n ->
        [one] { $n } élément du fichier n’a pas de place ici et a été laissé de côté.
       *[other] { $n } éléments du fichier n’ont pas de place ici et ont été laissés de côté.
    }
learn-q-iati-long-period =
    { $n ->
        [one] { $activity } déclare { $n } indicateur du { $from } au { $until }, plus d’un an.
       *[other] { $activity } déclare { $n } indicateurs du { $from } au { $until }, plus d’un an.
    }
