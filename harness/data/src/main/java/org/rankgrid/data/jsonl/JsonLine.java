package org.rankgrid.data.jsonl;

import java.util.Collection;
import java.util.Locale;
import org.rankgrid.spi.InputException;
import org.rankgrid.spi.NearestNames;
import tools.jackson.databind.JsonNode;

/**
 * One object of a file of JSON lines.
 *
 * @param file the file's name, for messages
 * @param number the line's number from 1
 * @param object the object
 */
public record JsonLine(String file, int number, JsonNode object) {

    /**
     * A field of the object.
     *
     * @throws InputException if there is none, with the nearest name
     */
    public JsonNode field(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            Collection<String> known = object.propertyNames();
            throw error("there is no field '" + name + "'" + NearestNames.hint(name, known) + ", the line has "
                    + (known.isEmpty() ? "none" : String.join(", ", known)));
        }
        return value;
    }

    /**
     * A field that is a string.
     *
     * @throws InputException if there is none or it is something else
     */
    public String text(String name) {
        JsonNode value = field(name);
        if (!value.isString()) {
            throw error("the field '" + name + "' should be a string, not "
                    + value.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return value.stringValue();
    }

    /** An error about this line, in the form in which a reader throws it. */
    public InputException error(String sentence) {
        return new InputException(file + " line " + number + ": " + sentence + ".");
    }
}
