package org.rankgrid.tasks.choice;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rankgrid.spi.option.OptionSpec;
import org.rankgrid.spi.option.Options;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.Questions;

/** Several tasks asked together, with scores of all of them; groups may hold groups. Its options are those of all its tasks. */
final class GroupTask implements Member {

    private final GroupDefinition definition;
    private final List<Member> members;

    GroupTask(GroupDefinition definition, List<Member> members) {
        this.definition = definition;
        this.members = List.copyOf(members);
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
        Set<Integer> shots = leaves().stream()
                .map(leaf -> leaf.definition().shots().byDefault())
                .collect(Collectors.toSet());
        return ChoiceOptions.specs(shots.size() == 1 ? shots.iterator().next() : ChoiceOptions.AS_THE_FILE_SAYS);
    }

    @Override
    public List<ChoiceTask> leaves() {
        return members.stream().flatMap(member -> member.leaves().stream()).toList();
    }

    /** This group and those in it, from the outside in. */
    List<GroupTask> groups() {
        return Stream.concat(
                        Stream.of(this),
                        members.stream()
                                .filter(GroupTask.class::isInstance)
                                .map(GroupTask.class::cast)
                                .flatMap(group -> group.groups().stream()))
                .toList();
    }

    @Override
    public Questions questions(DataLibrary library, Options options) {
        ChoiceOptions chosen = ChoiceOptions.of(options);
        return new GroupQuestions(
                groups(),
                leaves().stream().map(leaf -> leaf.ask(library, chosen)).toList());
    }

    GroupDefinition definition() {
        return definition;
    }
}
