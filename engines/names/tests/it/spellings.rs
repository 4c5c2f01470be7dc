//! Conventions of spelling: what one office writes and another reads. All names are invented or
//! well known, and none is from the reference data.

use passerelle_names::Band;

use crate::scored;

/// Pairs that must be at least likely, and pairs that look like them and must not be.
fn convention(same: &[(&str, &str)], apart: &[(&str, &str)]) {
    for (a, b) in same {
        let score = scored(a, b);
        assert!(
            score.band() >= Band::Likely,
            "{a} / {b}: {:.2}",
            score.bits()
        );
    }
    for (a, b) in apart {
        let score = scored(a, b);
        assert!(
            score.band() <= Band::Possible,
            "{a} / {b}: {:.2}",
            score.bits()
        );
    }
}

#[test]
fn spanish_j_and_y_and_u() {
    convention(
        &[
            ("Mohamed El Yazidi", "Mojamed El Yazidi"),
            ("Yusef Benali", "Youssef Benali"),
            ("يوسف بنعلي", "Yusef Benali"),
            ("Jalid Mohamed Ali", "Khalid Mohamed Ali"),
            ("Abdelhaq Jamal", "عبد الحق جمال"),
            ("Haddu Mimun", "Haddou Mimoune"),
            ("Mimunt Mohand", "Mimount Mohand"),
            ("Rachid Nini", "Rashid Nini"),
            ("Musa Chaib", "Moussa Chaib"),
            ("Abderrahman Buzid", "Abderrahmane Bouzid"),
            ("Buchaib El Jattabi", "Bouchaib El Khattabi"),
            ("بوشعيب الخطابي", "Buchaib El Jattabi"),
            ("Yilali Hamido", "Jilali Hamidou"),
            ("Yamal Dris", "Jamal Driss"),
            ("Fátima Zohra Buyema", "Fatima Zohra Boujemaa"),
            ("Hayi Mustafa Aberchán", "Mustafa Aberchan"),
            ("Saíd Jaldún", "سعيد خلدون"),
            ("Yusuf Jatib", "Youssef Khatib"),
            ("Jaled Mimun", "Khaled Mimoun"),
            ("Abdelkader Hamed Mojtar", "Abdelkader Hamed Mokhtar"),
        ],
        &[
            ("Jalid Mohamed Ali", "Jamal Mohamed Ali"),
            ("Yamal Dris", "Kamal Dris"),
            ("Musa Chaib", "Mustafa Chaib"),
            ("Jadiya Ahmed", "Nadia Ahmed"),
        ],
    );
}

#[test]
fn dutch_oe_and_sj_and_particles() {
    convention(
        &[
            ("Youssef Moestafa", "يوسف مصطفى"),
            ("Moehammed Boejra", "Mohamed Boujra"),
            ("Noerdin Boelahroez", "Nourdine Boulahrouz"),
            ("Rachid El Oeali", "Rachid El Ouali"),
            ("Aïcha Boesjra", "Aicha Bouchra"),
            ("Sjarif Amrani", "Charif Amrani"),
            ("شريف العمراني", "Sjarif El Amrani"),
            ("Hoesni Tahir", "Hosni Taher"),
            ("Loebna Berrada", "Loubna Berrada"),
            ("Yoenes Sjakir", "Younes Chakir"),
            ("يونس شاكر", "Yoenes Sjakir"),
            ("Jan van den Berg", "Berg, Jan van den"),
            ("Jan Van den Berghe", "Jan Vandenberghe"),
            ("Pieter de Vries", "P. de Vries"),
            ("Anna van der Meij", "Anna van der Mey"),
            ("Thijs Dijkstra", "Thys Dykstra"),
            ("Mariëlle De Smet", "Marielle Desmet"),
            ("Abdoellah Oesmani", "Abdullah Ousmani"),
            ("Oemar Ibn Khattab", "عمر بن خطاب"),
            ("Abdelilah Soefi", "Abdelilah Soufi"),
        ],
        &[
            ("Jan van den Berg", "Piet van den Berg"),
            ("Noerdin Boelahroez", "Noureddine Benali"),
            ("Jan de Vries", "Jan de Vos"),
            ("Moestafa Boulahrouz", "Moesa Boulahrouz"),
        ],
    );
}

#[test]
fn german_sch_and_dsch_and_umlauts() {
    convention(
        &[
            ("Raschid Dschabri", "Rashid Jabri"),
            ("رشيد الجابري", "Raschid al-Dschabri"),
            ("Dschamal Chaschoggi", "Jamal Khashoggi"),
            ("جمال خاشقجي", "Dschamal Chaschukdschi"),
            ("Jussuf Scharif", "Youssef Charif"),
            ("Muhammad Tschadli", "Mohamed Chadli"),
            ("Chalid Hussain", "Khalid Hussein"),
            ("خالد حسين", "Chalid Hussain"),
            ("Jürgen Müller", "Juergen Mueller"),
            ("Günther Schäfer", "Guenther Schaefer"),
            ("Özlem Yıldız", "Oezlem Yildiz"),
            ("Jahja Mansur", "Yahya Mansour"),
            ("Zakarija Bujamaa", "Zakaria Boujemaa"),
            ("Faruk Aschraf", "Farouk Achraf"),
            ("Scheima Nadschi", "Chaima Naji"),
            ("Abd ar-Rahman as-Sudani", "Abderrahmane Soudani"),
            ("Walid Ibn Dschabir", "وليد بن جابر"),
            ("Hans Strauß", "Hans Strauss"),
            ("Dschamila Nadschib", "Djamila Najib"),
        ],
        &[
            ("Raschid Dschabri", "Raschid Dschamali"),
            ("Chalid Hussain", "Khalil Hussain"),
            ("Achmed Wahid", "Ahmed Walid"),
            ("Hans Müller", "Hanna Maurer"),
        ],
    );
}

#[test]
fn english_ee_and_oo() {
    convention(
        &[
            ("Mohammad Sharif", "محمد شريف"),
            ("Khadeeja Ameen", "Khadija Amine"),
            ("خديجة أمين", "Khadeeja Ameen"),
            ("Abdulrahman Al Shammari", "Abderrahmane Chammari"),
            ("Osama Yousuf", "Oussama Youssef"),
            ("Rasheed Noor", "Rachid Nour"),
            ("رشيد نور", "Rasheed Noor"),
            ("Jameela Qureshi", "Djamila Kourichi"),
            ("Ayesha Siddiqui", "عائشة صديقي"),
            ("Hussain Shaikh", "Hussein Cheikh"),
            ("Nooruddin Jiwani", "Noureddine Jiwani"),
            ("نور الدين جيواني", "Nooruddin Jiwani"),
            ("Mahmood Bashir", "Mahmoud Bachir"),
            ("Waleed Ghanem", "Oualid Ghanem"),
            ("وليد غانم", "Waleed Ghanem"),
            ("Faisal Al-Otaibi", "Fayçal El Outaïbi"),
            ("Sakina Jabbar", "Sakina Djebbar"),
            ("Zuhair Shukri", "Zouhair Choukri"),
            ("Ameena Hashmi", "Amina Hachmi"),
            ("Elias Khoury", "Ilyas Khouri"),
        ],
        &[
            ("Waleed Ghanem", "Khaled Ghanem"),
            ("Rasheed Noor", "Rashida Noor"),
            ("Mahmood Bashir", "Mahmood Nasir"),
            ("Ayesha Siddiqui", "Aisha Sadiq"),
        ],
    );
}

#[test]
fn tifinagh() {
    convention(
        &[
            ("ⵎⵓⵃⴰⵎⵎⴷ ⴰⵎⵣⵉⴰⵏ", "Mohamed Ameziane"),
            ("ⵢⵓⵙⴼ ⴱⵏⵄⵍⵉ", "Youssef Benali"),
            ("ⴽⴰⵔⵉⵎ ⵄⵎⵔⴰⵏⵉ", "Karim Amrani"),
            ("ⴼⴰⵟⵉⵎⴰ ⵣⵀⵔⴰ", "فاطمة زهراء"),
            ("ⵍⴰⵃⵙⵏ ⵓⵄⵍⵉ", "Lahcen Ouali"),
            ("ⴱⵔⴰⵀⵉⵎ ⴰⵅⵢⴰⵟ", "Brahim Akhiat"),
            ("ⵙⵄⵉⴷ ⵙⵉⴼⴰⵡ", "Said Sifaou"),
            ("ⵔⴰⵛⵉⴷ ⵔⴰⵃⴰ", "رشيد رحا"),
            ("ⵏⴰⴷⵢⴰ ⴱⵓⵄⵣⴰ", "Nadia Bouazza"),
            ("ⵃⴰⵙⴰⵏ ⴰⵡⵔⵉⵖ", "Hassan Aourigh"),
            ("ⵎⵓⵔⴰⴷ ⴽⴰⵎⴰⵍ", "مراد كمال"),
            ("ⵉⴷⵔ ⵢⴰⵃⵢⴰ", "Idir Yahia"),
            ("ⵎⵡⵍⵓⴷ ⵎⵄⵎⵔⵉ", "Mouloud Mammeri"),
            ("ⴰⵎⵉⵏⴰ ⵛⴰⴽⵔ", "Amina Chakir"),
            ("ⵟⴰⵔⵉⵇ ⵙⴰⵍⵎⵉ", "Tarik Salmi"),
            ("ⵅⴰⵍⵉⴷ ⵊⴰⴱⵔⵉ", "خالد جابري"),
            ("ⵉⵙⵎⴰⵄⵉⵍ ⴷⵔⵉⵙ", "Ismail Driss"),
            ("ⴳⴰⵏⵉ ⵎⴰⵀⵎⵓⴷ", "Gani Mahmoud"),
            ("ⵎⵓⵃⵎⵎⴷ ⴰⵡⵔⵉⵖ", "محمد أوريغ"),
            ("ⵃⵙⵏ ⴱⵏⵊⵍⵍⵓⵏ", "حسن بنجلون"),
        ],
        &[
            ("ⴽⴰⵔⵉⵎ ⵄⵎⵔⴰⵏⵉ", "Karima Amrani"),
            ("ⵔⴰⵛⵉⴷ ⵔⴰⵃⴰ", "رشاد رحا"),
            ("ⵃⴰⵙⴰⵏ ⴰⵡⵔⵉⵖ", "Hossein Aourigh"),
            ("ⵎⵓⵔⴰⴷ ⴽⴰⵎⴰⵍ", "Marwan Kamal"),
        ],
    );
}

#[test]
fn cyrillic() {
    convention(
        &[
            ("Ахмед Чатаев", "Akhmed Tchataïev"),
            ("Магомед Алиев", "Magomed Aliyev"),
            ("Джохар Дудаев", "Dzhokhar Doudaïev"),
            ("Хасан Юсуфов", "Khassan Youssoufov"),
            ("Сергей Иванов", "Sergei Ivanov"),
            ("Сергей Иванов", "Serguei Ivanov"),
            ("Екатерина Жукова", "Yekaterina Zhukova"),
            ("Екатерина Жукова", "Ekaterina Joukova"),
            ("Юрий Щербаков", "Yuri Shcherbakov"),
            ("Анна Цветкова", "Anna Tsvetkova"),
            ("Халид Мансур", "خالد منصور"),
            ("Абдурахман Расулов", "Abdurakhman Rasulov"),
            ("Рашид Абдуллаев", "Rachid Abdoullaev"),
            ("Фатима Хаджиева", "Fatima Khadzhieva"),
            ("Михаил Горбачёв", "Mikhail Gorbatchev"),
            ("Владимир Зеленський", "Volodymyr Zelenskyy"),
            ("Олександр Шевченко", "Oleksandr Chevtchenko"),
            ("Юсуф Ибрагимов", "Yusuf Ibragimov"),
            ("Мустафа Кемаль", "Moustafa Kemal"),
            ("Шариф Рашидов", "Charif Rachidov"),
        ],
        &[
            ("Сергей Иванов", "Sergei Petrov"),
            ("Халид Мансур", "Khalil Mansur"),
            ("Анна Цветкова", "Elena Tsvetkova"),
            ("Рашид Абдуллаев", "Rustam Abdullaev"),
        ],
    );
}

#[test]
fn short_articles_and_slips_of_readers() {
    convention(
        &[
            ("Lahcen Benali", "الحسن بنعلي"),
            ("Larbi Alami", "العربي العلمي"),
            ("Kar1m 8ennani", "Karim Bennani"),
            ("Y0ussef Benjel1oun", "Youssef Benjelloun"),
        ],
        &[("Larbi Alami", "عرب العلمي")],
    );
}

/// Spanish y and j for ج and خ side by side, an Arabic name in Cyrillic read into Arabic again,
/// and given names that differ by an ending beside a family name that is the same: judged
/// wrongly today, told in the README. Whoever mends one moves it to the lists above.
#[test]
fn known_weaknesses_are_still_weaknesses() {
    for (a, b) in [
        ("Jadiya Ahmed", "خديجة أحمد"),
        ("Yamal Dris", "جمال إدريس"),
        ("Мухаммад Шариф", "محمد شريف"),
        ("M0hamed Aiaoui", "Mohamed Alaoui"),
        ("يحيى منصور", "Jahja Mansur"),
    ] {
        assert!(scored(a, b).band() < Band::Likely, "{a} / {b} is found");
    }
    for (a, b) in [
        ("Thijs Dijkstra", "Mathijs Hoekstra"),
        ("Jürgen Müller", "Jörg Müller"),
    ] {
        assert!(scored(a, b).band() > Band::Possible, "{a} / {b} are apart");
    }
}
