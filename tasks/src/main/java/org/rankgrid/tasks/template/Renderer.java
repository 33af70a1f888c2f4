package org.rankgrid.tasks.template;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rankgrid.tasks.python.PythonException;
import org.rankgrid.tasks.python.PythonValues;

/** Renders statements for one row. */
final class Renderer {

    private final Budget budget = new Budget();
    private final Evaluator evaluator = new Evaluator(budget);
    private final StringBuilder output = new StringBuilder();

    String render(List<Statement> statements, Scope scope) {
        run(statements, scope);
        return output.toString();
    }

    private void run(List<Statement> statements, Scope scope) {
        for (Statement statement : statements) {
            switch (statement) {
                case Statement.Text text -> append(text.text(), "its text");
                case Statement.Output out -> append(text(out, scope), out.tag());
                case Statement.If conditional -> choose(conditional, scope);
                case Statement.For loop -> loop(loop, scope);
                case Statement.Assign assign ->
                    within(assign.tag(), () -> {
                        assign(assign.targets(), evaluator.value(assign.value(), scope), scope);
                        return true;
                    });
            }
        }
    }

    private void append(String text, String tag) {
        within(tag, () -> {
            if (text.length() > Budget.CHARACTERS - output.length()) {
                throw new PythonException("the output becomes longer than " + Budget.CHARACTERS + " characters");
            }
            return output.append(text);
        });
    }

    private String text(Statement.Output out, Scope scope) {
        return within(out.tag(), () -> evaluator.text(out.expression(), scope));
    }

    private void choose(Statement.If conditional, Scope scope) {
        for (Statement.Branch branch : conditional.branches()) {
            if (within(branch.tag(), () -> evaluator.truth(branch.condition(), scope))) {
                run(branch.body(), scope);
                return;
            }
        }
        run(conditional.otherwise(), scope);
    }

    private void loop(Statement.For loop, Scope scope) {
        List<@Nullable Object> elements =
                within(loop.tag(), () -> PythonValues.elements(evaluator.value(loop.list(), scope)));
        for (int i = 0; i < elements.size(); i++) {
            Scope round = scope.inner();
            Object element = elements.get(i);
            within(loop.tag(), () -> {
                budget.step();
                assign(loop.targets(), element, round);
                return true;
            });
            round.set("loop", new Loop(i, elements.size()));
            run(loop.body(), round);
        }
        if (elements.isEmpty()) {
            run(loop.otherwise(), scope);
        }
    }

    /** Several names take the elements of the value, one each. */
    private static void assign(List<String> targets, @Nullable Object value, Scope scope) {
        if (targets.size() == 1) {
            scope.set(targets.getFirst(), value);
            return;
        }
        List<@Nullable Object> elements = PythonValues.elements(value);
        if (elements.size() != targets.size()) {
            throw new PythonException(targets.size() + " names cannot take " + elements.size() + " elements");
        }
        for (int i = 0; i < targets.size(); i++) {
            scope.set(targets.get(i), elements.get(i));
        }
    }

    /** Says of what Python refuses where in the template it was tried. */
    private static <T> T within(String tag, Supplier<T> action) {
        try {
            return action.get();
        } catch (PythonException refused) {
            throw new TemplateException("the template's " + tag + " fails: " + refused.getMessage(), refused);
        }
    }
}
