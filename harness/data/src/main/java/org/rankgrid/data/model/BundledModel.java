package org.rankgrid.data.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A model that lies in the jar and is unpacked into the cache, since weights are mapped from files.
 *
 * @param name the short name
 * @param about what it is, in one sentence
 * @param folder where it is unpacked
 * @param files SHA-256 in hex by file name
 */
record BundledModel(String name, String about, Path folder, SequencedMap<String, String> files) {

    static BundledModel stories260k(Path models) {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("config.json", "26472f552971ecf687ff8e5878aa9f5d72f82ccb2dd4ea92277b42185de766a7");
        files.put("tokenizer.json", "2ab1a4f52417e0809e22386cfbc008ced467c20122c2f875c37590a9f3194721");
        files.put("tokenizer_config.json", "998273f70f7be2a77408a98c5da069533f2d6055bb0f58935545c6b96e7a7b39");
        files.put("model.safetensors", "407a7c581bdd66972383ce9ad24857713fb98786d06ea564a2fe9b34ebe77dfd");
        String name = "stories260k";
        return new BundledModel(
                name,
                "A Llama of 260 thousand parameters that tells stories for children.",
                models.resolve(name),
                files);
    }

    KnownModel describe() {
        return new KnownModel(name, about, KnownModel.State.BUNDLED, "comes with rankgrid");
    }

    /** The model's folder, every file as it is in the jar: missing and altered ones are written anew. */
    Path unpacked() {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            try {
                if (!Files.isRegularFile(target) || !CacheFiles.hash(target).equals(file.getValue())) {
                    unpack(file.getKey(), file.getValue(), target);
                }
            } catch (IOException e) {
                throw CacheFiles.unwritable(folder, e);
            }
        }
        return folder;
    }

    private void unpack(String file, String sha256, Path target) throws IOException {
        try (InputStream content = BundledModel.class.getResourceAsStream(name + "/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the jar lacks " + name + "/" + file);
            }
            CacheFiles.write(content, target, Long.MAX_VALUE, sha256);
        }
    }
}
