package org.rankgrid.tasks.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rankgrid.spi.NearestNames;
import org.rankgrid.tasks.python.PythonText;

/**
 * A row of a data set, as prompts see it.
 *
 * @param origin file and line, for messages
 * @param fields values by name
 * @param features the names of the fields of all rows of the set: what is named so is a field, never a template
 */
record Row(String origin, SequencedMap<String, @Nullable Object> fields, Set<String> features) {

    private static final int SHOWN = 40;

    /** The row as one of a set. */
    Row among(Set<String> allFeatures) {
        return new Row(origin, fields, allFeatures);
    }

    /** The row with other fields. */
    Row with(SequencedMap<String, @Nullable Object> others) {
        return new Row(origin, others, features);
    }

    /**
     * The value of a field.
     *
     * @throws RowException if the row lacks it
     */
    @Nullable
    Object value(String field) {
        if (!fields.containsKey(field)) {
            throw missing(field);
        }
        return fields.get(field);
    }

    /** The refusal of a row that lacks a field. */
    RowException missing(String field) {
        return new RowException("the row has no field '" + field + "'" + NearestNames.hint(field, fields.keySet())
                + ": it has " + String.join(", ", fields.keySet()));
    }

    /**
     * The text in a field.
     *
     * @throws RowException if the row lacks it, or it is no text
     */
    String text(String field) {
        if (value(field) instanceof String text) {
            return text;
        }
        throw new RowException(
                "the field '" + field + "' is " + describe(value(field)) + ", where a text was expected");
    }

    /**
     * The texts of a list in a field.
     *
     * @throws RowException if the row lacks it, or it is no list of texts
     */
    List<String> texts(String field) {
        return texts("the field '" + field + "'", value(field));
    }

    /**
     * A value as a list of texts.
     *
     * @param what the value is, for messages
     * @throws RowException if it is something else
     */
    static List<String> texts(String what, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw new RowException(what + " is " + describe(value) + ", where a list of texts was expected");
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw new RowException(what + " holds " + describe(item) + ", where only texts were expected");
            }
            texts.add(text);
        }
        return texts;
    }

    /** A value as the object of a sentence, as Python prints it. */
    static String describe(@Nullable Object value) {
        if (value == null) {
            return "nothing";
        }
        String shown = PythonText.repr(value).replaceAll("\\p{Cntrl}+", " ");
        return shown.codePointCount(0, shown.length()) <= SHOWN
                ? shown
                : shown.substring(0, shown.offsetByCodePoints(0, SHOWN)) + "...";
    }
}
