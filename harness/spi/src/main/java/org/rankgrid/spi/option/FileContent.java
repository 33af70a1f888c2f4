package org.rankgrid.spi.option;

/**
 * The content of a file given as an option.
 *
 * @param name the path as the person wrote it, for messages
 * @param bytes what the file holds
 * @param sha256 the hash of the bytes, in hex: the file's identity
 */
public record FileContent(String name, byte[] bytes, String sha256) {

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent that && sha256.equals(that.sha256);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    @Override
    public String toString() {
        return name + " (sha256 " + sha256 + ")";
    }
}
