package org.rankgrid.engine.grid;

import java.util.Optional;
import java.util.function.Consumer;
import org.rankgrid.spi.InputException;

/** The models and corpora there are, for a grid to be checked against. */
public interface Names {

    /** Why a reference leads to no model, in a sentence with the nearest names; empty if it leads to one. */
    Optional<String> missingModel(String reference);

    /** Why a name leads to no corpus, in a sentence with the nearest names; empty if it leads to one. */
    Optional<String> missingCorpus(String name);

    /**
     * Names as look-ups that throw {@link InputException} where there is nothing.
     *
     * @param model looks up a model
     * @param corpus looks up a corpus
     */
    static Names lookingUp(Consumer<String> model, Consumer<String> corpus) {
        return new Names() {
            @Override
            public Optional<String> missingModel(String reference) {
                return complaint(model, reference);
            }

            @Override
            public Optional<String> missingCorpus(String name) {
                return complaint(corpus, name);
            }
        };
    }

    private static Optional<String> complaint(Consumer<String> lookUp, String name) {
        try {
            lookUp.accept(name);
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
