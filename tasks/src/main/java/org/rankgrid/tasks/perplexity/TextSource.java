package org.rankgrid.tasks.perplexity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.spi.task.DataLibrary;
import org.rankgrid.spi.task.DataRow;
import org.rankgrid.spi.task.DataSource;

/** Where the text of a perplexity task comes from. */
sealed interface TextSource {

    /** The documents, in file order. */
    List<String> documents(DataLibrary library);

    /** All documents as one text. */
    String joined(DataLibrary library);

    /** A hash of what decides the text. */
    String fingerprint(DataLibrary library);

    /** What a person calls it, for messages. */
    String describe();

    /**
     * A corpus.
     *
     * @param name a name that the library knows, or a path
     */
    record Corpus(String name) implements TextSource {

        @Override
        public List<String> documents(DataLibrary library) {
            return library.documents(name);
        }

        @Override
        public String joined(DataLibrary library) {
            return library.joined(name);
        }

        @Override
        public String fingerprint(DataLibrary library) {
            return library.fingerprint(name);
        }

        @Override
        public String describe() {
            return "corpus '" + name + "'";
        }
    }

    /**
     * A field of a data set's rows.
     *
     * @param source one split of the data set
     * @param field the field that holds the text
     * @param first only so many rows, the first; empty for all
     * @param separator what stands between two of them in one text
     */
    record Rows(DataSource source, String field, Optional<Integer> first, String separator) implements TextSource {

        @Override
        public List<String> documents(DataLibrary library) {
            List<DataRow> rows = library.dataSet(source).rows();
            List<String> texts = new ArrayList<>();
            for (DataRow row : rows.subList(0, Math.min(rows.size(), first.orElse(Integer.MAX_VALUE)))) {
                texts.add(text(row));
            }
            return texts;
        }

        @Override
        public String joined(DataLibrary library) {
            return String.join(separator, documents(library));
        }

        @Override
        public String fingerprint(DataLibrary library) {
            return library.dataSet(source).fingerprint() + ":" + field + ":"
                    + first.map(String::valueOf).orElse("all") + ":" + separator.length() + ":" + separator;
        }

        @Override
        public String describe() {
            return "data set '" + source.path() + "'";
        }

        private String text(DataRow row) {
            @Nullable Object value = row.fields().get(field);
            if (value instanceof String text) {
                return text;
            }
            throw new InputException(
                    row.fields().containsKey(field)
                            ? row.origin() + ": the field '" + field + "' should be a text, not " + value + "."
                            : row.origin() + ": there is no field '" + field + "'"
                                    + NearestNames.hint(field, row.fields().keySet()) + ", the row has "
                                    + String.join(", ", row.fields().keySet()) + ".");
        }
    }
}
