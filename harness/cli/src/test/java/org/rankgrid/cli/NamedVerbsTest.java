package org.rankgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class NamedVerbsTest {

    @Test
    void aLineThatNamesAVerbIsToldOfThatOneAlone() {
        assertThat(told("plugins", "tasks").getSubcommands()).containsOnlyKeys("plugins");
        assertThat(told("--debug", "run", "plan.yaml").getSubcommands()).containsOnlyKeys("run");
    }

    @Test
    void aLineThatNamesNoneIsToldOfAll() {
        String[] all = {"run", "plan", "eval", "plugins", "models", "cache", "schema", "bench"};

        assertThat(told("--help").getSubcommands()).containsOnlyKeys(all);
        assertThat(told().getSubcommands()).containsOnlyKeys(all);
        assertThat(told("runn", "run").getSubcommands()).containsOnlyKeys(all);
    }

    @Test
    void everyVerbIsListedUnderItsOwnName() {
        told("--help")
                .getSubcommands()
                .forEach((name, verb) -> assertThat(verb.getCommand().getClass().getAnnotation(Command.class))
                        .extracting(Command::name)
                        .isEqualTo(name));
    }

    private static CommandLine told(String... arguments) {
        CommandLine line = new CommandLine(new Main());
        Verbs.add(line, arguments);
        return line;
    }
}
