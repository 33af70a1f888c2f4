package org.rankgrid.tasks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rankgrid.spi.InputException;
import org.rankgrid.tasks.python.Tables;

/** Against a table that Jinja2 wrote (jinja-table.py beside it). */
class TemplateTest {

    static Stream<Map<String, Object>> table() {
        return Tables.read(TemplateTest.class, "jinja-table.jsonl").stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void rendersAsJinjaDoesOrRefuses(Map<String, Object> row) {
        String source = Tables.text(row, "template");
        SequencedMap<String, Object> fields = fields(row);

        switch ((String) row.get("error")) {
            case null ->
                assertThat(Template.parse("t.yaml:1:1", source).render(fields)).isEqualTo(row.get("output"));
            case "template" ->
                assertThatExceptionOfType(InputException.class)
                        .isThrownBy(() -> Template.parse("t.yaml:1:1", source))
                        .withMessageStartingWith("t.yaml:1:1 ");
            case "row" -> {
                Template template = Template.parse("t.yaml:1:1", source);
                assertThatExceptionOfType(TemplateException.class)
                        .isThrownBy(() -> template.render(fields))
                        .withMessageStartingWith("the template");
            }
            default ->
                assertThat(catchDeclared(source, fields))
                        .isInstanceOfAny(InputException.class, TemplateException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{ question.strip() }} {{ goel }} | the template names 'goel', which the row does not have "
                        + "(did you mean 'goal'?); its fields are question, goal, choices, label",
                "{{ choices.txt[0] }} | the template names 'txt' of 'choices', which does not have it "
                        + "(did you mean 'text'?); it has text, label",
                "{{ choices.text[4] }} | the template takes element 4 of 'choices.text', which has 2",
                "{{ goal.text }} | the template names 'text' of 'goal', which is a str without fields",
                "{{ choices.label.index('C') }} | the template's {{ choices.label.index('C') }} fails: "
                        + "'C' is not in the list ['A', 'B']",
                "{{ goal + label }} | the template's {{ goal + label }} fails: '+' is not for a str and an int",
                "{% for x in label %}{% endfor %} | the template's {% for x in label %} fails: an int has no elements",
                "{{ choices.items }} | the template's {{ choices.items }} fails: 'items' of a dict is a method: "
                        + "the field of that name is ['items']",
            })
    void saysWhatARowLacks(String source, String message) {
        SequencedMap<String, Object> row = new LinkedHashMap<>();
        row.put("question", "Why?");
        row.put("goal", "to win");
        SequencedMap<String, Object> choices = new LinkedHashMap<>();
        choices.put("text", List.of("x", "y"));
        choices.put("label", List.of("A", "B"));
        row.put("choices", choices);
        row.put("label", 1L);

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> Template.parse("t.yaml:1:1", source).render(row))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{ text|trimm }}; character 9 of the template: 'trimm' is not a filter that is known here "
                        + "(did you mean 'trim'?)",
                "{{ text.stripp() }}; character 9 of the template: 'stripp' is not a method that is known here "
                        + "(did you mean 'strip' or 'lstrip' or 'rstrip'?)",
                "{{ text is defind }}; character 12 of the template: 'defind' is not a test that is known here "
                        + "(did you mean 'defined'?)",
                "{% fro x in l %}; character 4 of the template: 'fro' is not a statement that is known here",
                "\uD83D\uDE00{{ lipsum() }}; character 5 of the template: 'lipsum' is not a function that is known here",
                "{{ text; character 1 of the template: the tag does not end: '}}' is missing",
                "{{ 'text }}; character 4 of the template: a string does not end: ' is missing",
                "{% if text %}a; character 1 of the template: the 'if' does not end: 'endif' is missing",
                "{% if a %}{% endfor %}; character 14 of the template: there stands 'endfor', where 'endif' was expected",
                "a{% endif %}; character 5 of the template: 'endif' has no beginning",
                "{{ a b }}; character 6 of the template: there stands 'b', where '}}' was expected",
                "{{ }}; character 4 of the template: there stands '}}', where an expression was expected",
                "{{ text.split(sep=',') }}; arguments with a name are not known here",
                "{{ text.replace('a') }}; character 9 of the template: 'replace' takes 2 to 3 arguments, not 1",
                "{{ 2 ** 3 }}; '**' is not an operator that is known here",
            })
    void saysWhereATemplateIsWrong(String source, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Template.parse("t.yaml:5:14", source))
                .withMessageStartingWith("t.yaml:5:14 ")
                .withMessageContaining(message);
    }

    @Test
    void countsLinesWhereATemplateHasSeveral() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Template.parse("t.yaml:5:14", "one\r\ntwo {{ a b }}\n"))
                .withMessageStartingWith("t.yaml:5:14 line 2, character 10 of the template: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a' * 1000000000 }}",
                "{{ [1] * 1000000000 }}",
                "{{ range(1000000000) | length }}",
                "{% for a in range(1000000) %}{% for b in range(1000000) %}{% endfor %}{% endfor %}",
                "{% for a in range(1000000) %}{{ 'a' * 1000 }}{% endfor %}",
                "{{ ('a' * 10000).replace('', 'a' * 10000) }}",
                "{{ (['a' * 10000] * 10000)|join }}",
                "{{ ('a' * 10000).join(['a'] * 10000) }}",
                "{{ [['a' * 10000] * 10000] * 10000 }}",
                "{{ [['a' * 10000] * 10000] * 10000 ~ '' }}",
            })
    void whatNeverEndsIsRefused(String source) {
        Template template = Template.parse("t.yaml:1:1", source);

        assertThatExceptionOfType(TemplateException.class)
                .isThrownBy(() -> template.render(new LinkedHashMap<>()))
                .withMessageMatching("the template's .* fails: .*(longer|more) than \\d+ .*");
    }

    @Test
    void deepAndLongExpressionsAreRefused() {
        for (String source : List.of(
                "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}",
                "{{ " + "[".repeat(5000) + "]".repeat(5000) + " }}",
                "{{ " + "not ".repeat(5000) + "1 }}",
                "{{ " + "- ".repeat(5000) + "1 }}",
                "{{ 1" + " + 1".repeat(5000) + " }}",
                "{{ a" + ".a".repeat(5000) + " }}",
                "{{ a" + "|trim".repeat(5000) + " }}",
                "{{ " + "1 if 1 else ".repeat(5000) + "1 }}",
                "{% if 1 %}".repeat(5000) + "{% endif %}".repeat(5000))) {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> Template.parse("t.yaml:1:1", source))
                    .withMessageContaining("more than");
        }
    }

    @Test
    void aValueOfAnotherKindIsTheRowsFault() {
        SequencedMap<String, Object> row = new LinkedHashMap<>(Map.of("a", List.of(new StringBuilder("x"))));

        for (String source : List.of("{{ a }}", "{{ a[0].length() }}", "{{ a[0] + 1 }}", "{{ a[0].class }}")) {
            assertThat(catchDeclared(source, row)).isNotNull();
        }
    }

    @Test
    void rowsAreNotChanged() {
        SequencedMap<String, Object> row = new LinkedHashMap<>(Map.of("a", List.of("x")));

        assertThat(Template.parse("t.yaml:1:1", "{% set a = a + ['y'] %}{% set b = 1 %}{{ a }}")
                        .render(row))
                .isEqualTo("['x', 'y']");
        assertThat(row).isEqualTo(Map.of("a", List.of("x")));
    }

    @Test
    void anyTextIsATemplateOrADeclaredError() {
        Random random = new Random(7);
        List<Map<String, Object>> table = table().toList();
        String alphabet = "{}%#-+|.,:'\"()[]~*/=<>! \n\\axn19_\u00E9\uD83D\u0000";
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> row = table.get(random.nextInt(table.size()));
            StringBuilder source = new StringBuilder(Tables.text(row, "template"));
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(source.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> source.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    case 1 -> source.delete(at, Math.min(source.length(), at + 1 + random.nextInt(3)));
                    default -> source.append(Tables.text(table.get(random.nextInt(table.size())), "template"));
                }
            }
            catchDeclared(source.toString(), fields(row));
        }
    }

    /** Null where it renders; any other exception ends the test. */
    private static @Nullable RuntimeException catchDeclared(String source, SequencedMap<String, Object> fields) {
        try {
            Template.parse("t.yaml:1:1", source).render(fields);
            return null;
        } catch (InputException | TemplateException declared) {
            return declared;
        }
    }

    @SuppressWarnings("unchecked")
    private static SequencedMap<String, Object> fields(Map<String, Object> row) {
        return (LinkedHashMap<String, Object>) Objects.requireNonNull(row.get("fields"));
    }
}
