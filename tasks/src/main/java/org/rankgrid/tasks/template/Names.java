package org.rankgrid.tasks.template;

import java.util.Collection;
import java.util.stream.Collectors;
import org.rankgrid.spi.NearestNames;

/** What a message says of a name that is not known. */
final class Names {

    /** Rows may have many fields; a message is one sentence. */
    private static final int SHOWN = 30;

    private Names() {}

    /** The nearest of the known names, and all of them after some words. */
    static String known(String name, Collection<String> known, String words) {
        String shown = known.stream()
                .filter(each -> each.chars().noneMatch(Character::isISOControl))
                .limit(SHOWN)
                .collect(Collectors.joining(", "));
        String more = known.size() > SHOWN ? ", ..." : "";
        return NearestNames.hint(name, known) + (shown.isEmpty() ? "" : "; " + words + " " + shown + more);
    }
}
