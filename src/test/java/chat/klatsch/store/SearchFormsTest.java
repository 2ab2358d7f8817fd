package chat.klatsch.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import chat.klatsch.core.RoomId;
import chat.klatsch.core.Sha256;
import chat.klatsch.core.User;
import chat.klatsch.message.Draft;
import chat.klatsch.room.Room;
import chat.klatsch.room.RoomName;
import chat.klatsch.search.SearchFilter;
import chat.klatsch.search.SearchHit;
import chat.klatsch.search.SearchQuery;
import chat.klatsch.store.message.SearchBackfill;
import chat.klatsch.store.message.SqlSearchStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The letters by which messages are found, whatever form they are written and searched in. */
@ParameterizedClass
@EnumSource(StoreTest.Engine.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchFormsTest extends StoreTest {
    /** A text, a query, and whether the query finds the text. */
    private static final String TABLE = """
            Cafe\u0301 au lait | café | yes
            Café au lait | cafe\u0301 au | yes
            Café au lait | CAFE | yes
            cafe au lait | Café lait | yes
            Über den Wolken | uber | yes
            uber den Wolken | über | yes
            Ångström | angstrom | yes
            A\u030angstro\u0308m | ångström | yes
            smørrebrød | smorrebrod | yes
            smorrebrod | smørrebrød | yes
            Łódź leży w Polsce | lodz | yes
            Lodz lezy | łódź leży | yes
            Đà Nẵng, Việt Nam | da nang viet nam | yes
            Tie\u0302\u0301ng Vie\u0323\u0302t | tiếng việt | yes
            Encyclopædia | encyclopaedia | yes
            Encyclopaedia | encyclopædia | yes
            un œuf | oeuf | yes
            la sœur | SOEUR | yes
            Straße 5 | strasse | yes
            STRASSE 5 | straße | yes
            STRA\u1e9eE 5 | strasse 5 | yes
            Ísland og Þór | thor island | yes
            as soon | ass | no
            mass effect | mas seffect | no
            Ёлка зелёная | елка зеленая | yes
            елка зеленая | Ёлка | yes
            Мой йогурт | йогурт | yes
            Мои\u0306 и\u0306огурт | мой йогурт | yes
            мои друзья | мой | no
            Київ, їжак | київ | yes
            ΑΘΗΝΑ, Ελλάς | ελλας αθηνα | yes
            Ελλάς | ΕΛΛΆΣ | yes
            ὁδός | οδοσ | yes
            مَرْحَبًا بِكُم | مرحبا | yes
            مرحبا بكم | مَرْحَبًا بِكُم | yes
            مـــرحـــبا | مرحبا | yes
            أحمد وإبراهيم وآمنة | احمد | yes
            احمد | أحمد | yes
            مدرسة كبيرة | مدرسه | yes
            کتاب یک | كتاب يك | yes
            \ufee3\ufeae\ufea3\ufe92\ufe8e | مرحبا | yes
            عام ٢٠٢٦ | 2026 | yes
            שָׁלוֹם עוֹלָם | שלום עולם | yes
            שלום עולם | שָׁלוֹם | yes
            ארה"ב וצה"ל | ארה"ב | yes
            Ｆｕｌｌ　ｗｉｄｔｈ | full width | yes
            full width | ｗｉｄｔｈ | yes
            ｶﾞｷﾞｸﾞ | ガギグ | yes
            か\u3099く | がく | yes
            the e\ufb03cient o\ufb00ice | efficient | yes
            𝐛𝐨𝐥𝐝 𝓈𝒸𝓇𝒾𝓅𝓉 | bold script | yes
            İstanbul güzel | istanbul | yes
            ISTANBUL | istanbul | yes
            istanbul | İSTANBUL | yes
            ISPARTA ılık | ısparta ilik | yes
            Donau\u00addampf\u00adschiff | donaudampfschiff | yes
            zero\u200bwidth join\u200der | zerowidth joiner | yes
            \u2068isolated\u2069 \ufeffmarked | isolated marked | yes
            می\u200cخواهم | میخواهم | yes
            今日は東京タワーに行きました | 東京 | yes
            今日は東京タワーに行きました | タワーに行 | yes
            今日は東京タワーに行きました | 塔 | no
            今日は東京タワーに行きました | 東 | yes
            今日は東京タワーに行きました | 京東 | no
            我们明天去北京大学 | 北京 | yes
            我们明天去北京大学 | 北大 | no
            我们 明天去 | 们明 | no
            iPhone15を買う | iphone15を | yes
            iPhone15を買う | 買う | yes
            2026年11月 | 11月 | yes
            학교에서 만나요 | 학교 | yes
            학교에서 만나요 | 교에 | yes
            학교에서 만나요 | 학 | yes
            \u1112\u1161\u11a8\u1100\u116d | 학교 | yes
            대한 국민 | 한국 | no
            ㅋㅋㅋ 웃겨 | ㅋㅋ | yes
            ฉันอยากกินข้าวผัด | ข้าว | yes
            ฉันอยากกินข้าวผัด | ก | yes
            ฉันอยากกินข้าวผัด | หมู | no
            ຂ້ອຍຮັກລາວ | ລາວ | yes
            ខ្ញុំស្រឡាញ់កម្ពុជា | កម្ពុជា | yes
            ကျွန်တော်မြန်မာစာ | မြန်မာ | yes
            བོད་སྐད་ | སྐད | yes
            नमस्ते दुनिया | नमस्ते | yes
            फ़िल्म अच्छी है | फिल्म | yes
            की | का | no
            বাংলা ভাষা | ভাষা | yes
            தமிழ் மொழி | தமிழ் | yes
            ქართული ᲔᲜᲐ | ენა | yes
            Հայերեն եւ | հայերեն և | yes
            party 🎉 tonight | 🎉 | yes
            party 🎉🎊 tonight | 🎊 | yes
            ok 👍🏽 | 👍 | yes
            ok 👍 | 👍🏿 | yes
            I ❤️ you | ❤ | yes
            I ❤ you | ❤️ | yes
            I ❤️ you | "I you" | yes
            coding 👩‍💻 | 👩 | yes
            coding 👩‍💻 | 👩‍💻 | yes
            coding 👩‍💻 | 🧑 | no
            go 🇩🇪 | 🇩🇪 | yes
            step 1\ufe0f\u20e3 first | 1\ufe0f\u20e3 | yes
            step 1\ufe0f\u20e3 first | 1\u20e3 | yes
            step 1\u20e3 first | 1\ufe0f\u20e3 | yes
            step 1\ufe0f\u20e3 first | 1 | yes
            step 1 first | 1\ufe0f\u20e3 | no
            step 1\ufe0f\u20e3 2\u20e3 first | 2\ufe0f\u20e3 | yes
            step 10\ufe0f\u20e3 first | 1\ufe0f\u20e3 | no
            press #\ufe0f\u20e3 now | #\u20e3 | yes
            press *\u20e3 now | *\ufe0f\u20e3 | yes
            press *\u20e3 now | #\ufe0f\u20e3 | no
            press * now | press *\ufe0f\u20e3 | no
            Klatsch™\ufe0f is good | klatsch good | yes
            Klatsch™\ufe0f is good | ™ | yes
            Klatsch™ is good | ™\ufe0f | yes
            ©\ufe0f and ® | © ®\ufe0f | yes
            really‼\ufe0f | ‼ | yes
            really‼ | ‼\ufe0f | yes
            what⁉\ufe0f | ⁉\ufe0e | yes
            wave 〰\ufe0f | 〰 | yes
            ℹ\ufe0f help | ℹ | yes
            Ⓜ metro | Ⓜ\ufe0f | yes
            ㊗\ufe0f party | ㊗ | yes
            ☎\ufe0f 555, ✔︎ | ☎ ✔\ufe0f | yes
            I ❤︎ you | ❤\ufe0f | yes
            🏳\ufe0f\u200d🌈 flag | 🏳 | yes
            🏳\u200d🌈 flag | 🏳\ufe0f\u200d🌈 | yes
            👁\ufe0f\u200d🗨\ufe0f eye | 👁\u200d🗨 | yes
            ☝\ufe0f\ud83c\udffd up | ☝ | yes
            ☝ up | ☝\ud83c\udffd | yes
            go 🇩🇪 | 🇫🇷 | no
            newer \ud83e\udee0 emoji | \ud83e\udee0 | yes
            C++ is hard | c++ | yes
            I like C++, too | "like c++" | yes
            vitamin C | C++ | no
            C++ is hard | c hard | yes
            C++17 | c++ | yes
            Ｃ＋＋ | c++ | yes
            C# and F# | c# | yes
            C# and F# | C++ | no
            .NET and ASP.NET | .NET | yes
            costs 5€ or 5 € | € | yes
            20 ℃, 5㎏, №7, ½ | 5kg | yes
            Klatsch™ is good | klatsch good | yes
            l’été et l'hiver | l'été | yes
            l’été et l'hiver | ete | yes
            п'ять | п’ять | yes
            donʼt stop | don't stop | yes
            see https://x.example/json/__init__.py?id=A1b2 | init.py | yes
            see https://x.example/json/__init__.py?id=A1b2 | https://x.example/json | yes
            write to ann.lee@mail.example | ann.lee@mail.example | yes
            order 4711-0815 | 0815 | yes
            apples and pears | e | no
            apples and pears | "apples and" | yes
            apples and pears | “apples and” pears | yes
            apples and pears | "apples an" | no
            apples and pears | appl | yes
            apples and pears | appl pears | no
            100% sure_thing | sure% | yes
            100% sure_thing | s_re | no
            """;

    private static final RoomId NEW = new RoomId("new");
    private static final RoomId OLD = new RoomId("old");

    private final List<String[]> rows =
            TABLE.lines().map(line -> line.split(" \\| ")).toList();

    @AutoClose("shutdownNow")
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private SqlSearchStore search;
    private SearchBackfill backfill;
    private User alice;

    @BeforeParameterizedClassInvocation
    void open() {
        openFresh();
        search = new SqlSearchStore(database);
        backfill = new SearchBackfill(database, Runnable::run, timer);
        alice = person("alice");
        for (RoomId room : List.of(NEW, OLD)) {
            rooms.create(room, new RoomName(room.value()), Room.Kind.CLOSED, alice.id(), NOW);
        }
        messages.append(
                NEW, rows.stream().map(row -> new Draft(alice, row[0], "")).toList(), NOW);
    }

    @AfterParameterizedClassInvocation
    void close() {
        database.close();
    }

    @Test
    void letters_are_found_in_any_form() {
        assertThat(rows).hasSizeGreaterThan(100);
        assertFound(NEW);
    }

    /** Old messages may be in another form than new ones. */
    @Test
    void messages_of_an_older_version_become_searchable() {
        for (int row = 0; row < rows.size(); row++) {
            oldVersionPosts(row + 1, rows.get(row)[0]);
        }
        assertThat(find(OLD, "東京")).isEmpty();
        fill();
        assertFound(OLD);
    }

    @Test
    void a_message_that_a_node_of_an_older_version_edits_or_deletes_is_found_by_its_new_text() {
        assumeThat(engine).as("only PostgreSQL serves several nodes").isEqualTo(Engine.POSTGRESQL);
        oldVersionPosts(1_000, "zucchini");
        fill();
        assertThat(find(OLD, "zucchini")).containsExactly(1_000L);
        database.inTransaction(handle -> handle.execute("update messages set body = 'eggplant' where seq = 1000"));
        assertThat(find(OLD, "zucchini")).isEmpty();
        fill();
        assertThat(find(OLD, "eggplant")).containsExactly(1_000L);
    }

    private void oldVersionPosts(long seq, String body) {
        database.inTransaction(handle -> handle.execute(
                """
                insert into messages (room_id, seq, posted_version, version, author_id, body, fingerprint, posted_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """, OLD.value(), seq, seq, seq, alice.id().value(), body, Sha256.of(("" + seq).getBytes(UTF_8)), NOW));
    }

    private void fill() {
        while (backfill.fill() > 0) {
            // The next batch follows.
        }
    }

    private void assertFound(RoomId room) {
        SoftAssertions all = new SoftAssertions();
        for (int row = 0; row < rows.size(); row++) {
            String[] columns = rows.get(row);
            all.assertThat(find(room, columns[1]).contains(row + 1L))
                    .as("%s in %s", columns[1], columns[0])
                    .isEqualTo(columns[2].equals("yes"));
        }
        all.assertAll();
    }

    private List<Long> find(RoomId room, String query) {
        return search
                .find(alice.id(), SearchQuery.of(query), SearchFilter.in(room), Optional.empty(), rows.size())
                .stream()
                .map(SearchHit::seq)
                .toList();
    }
}
