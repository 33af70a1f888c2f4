package org.rankgrid.tasks.choice;

import java.util.List;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;

/** Choosing among continuations, or completing a text, as a task file of lm-evaluation-harness describes it (EVALUATION F.2). */
final class ChoiceTask implements Member {

    private final ChoiceDefinition definition;

    ChoiceTask(ChoiceDefinition definition) {
        this.definition = definition;
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public String summary() {
        return definition.summary();
    }

    @Override
    public String version() {
        return definition.version();
    }

    @Override
    public List<OptionSpec> options() {
        return ChoiceOptions.specs(definition.shots().byDefault());
    }

    @Override
    public List<ChoiceTask> leaves() {
        return List.of(this);
    }

    @Override
    public Questions questions(DataLibrary library, Options options) {
        return ask(library, ChoiceOptions.of(options));
    }

    /** The task with its data. */
    ChoiceQuestions ask(DataLibrary library, ChoiceOptions options) {
        int shots = options.shots() == ChoiceOptions.AS_THE_FILE_SAYS
                ? definition.shots().byDefault()
                : options.shots();
        return ChoiceQuestions.of(definition, library, new ChoiceOptions(shots, options.bos()));
    }

    ChoiceDefinition definition() {
        return definition;
    }
}
