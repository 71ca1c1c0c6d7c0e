package dev.kmq.container;

/**
 * The position of a part of a file, including frame and checksum.
 *
 * @param offset of its first byte, from the start of the file
 * @param length in bytes
 */
public record Extent(long offset, long length) {}
