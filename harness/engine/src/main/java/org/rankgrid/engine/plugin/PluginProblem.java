package org.rankgrid.engine.plugin;

/**
 * Why something that should be a plugin is not used, as a value: discovery goes on and shows all of them together.
 *
 * @param sentence what is wrong, with class and jar
 */
public record PluginProblem(String sentence) {

    @Override
    public String toString() {
        return sentence;
    }
}
