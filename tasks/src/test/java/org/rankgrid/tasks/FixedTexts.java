package org.rankgrid.tasks;

import java.util.List;
import java.util.Map;
import org.rankgrid.spi.task.TextLibrary;

/** Corpora made up for a test; the fingerprint is the text itself. */
record FixedTexts(Map<String, List<String>> corpora) implements TextLibrary {

    @Override
    public List<String> documents(String name) {
        List<String> documents = corpora.get(name);
        if (documents == null) {
            throw new AssertionError("no corpus " + name);
        }
        return documents;
    }

    @Override
    public String fingerprint(String name) {
        return documents(name).toString();
    }
}
