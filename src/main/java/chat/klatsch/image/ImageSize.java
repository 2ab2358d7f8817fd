package chat.klatsch.image;

import chat.klatsch.core.ChatException;

/** The dimensions of an image in pixels, which are those of an image that can be decoded. */
record ImageSize(int width, int height) {
    private static final int MAX_SIDE = 8_000;
    private static final int MAX_PIXELS = 40_000_000;

    /** The most pixels of an image that is stored in several passes, all of which are in memory or are decoded. */
    private static final int MAX_PIXELS_IN_PASSES = 2_048 * 2_048;

    /** @throws ChatException INVALID for too many pixels, or none */
    ImageSize {
        requireDecodable(width, height);
    }

    /** @throws ChatException INVALID for too many pixels, or none */
    static void requireDecodable(int width, int height) {
        if (width <= 0 || height <= 0) {
            throw UploadedImage.damaged();
        }
        if (Math.max(width, height) > MAX_SIDE || pixels(width, height) > MAX_PIXELS) {
            throw ChatException.invalid("refusal.image.pixels");
        }
    }

    /** @throws ChatException INVALID for too many pixels of a progressive or interlaced image */
    void refuseUnlessDecodableInPasses() {
        if (pixels(width, height) > MAX_PIXELS_IN_PASSES) {
            throw ChatException.invalid("refusal.image.passes");
        }
    }

    private static long pixels(int width, int height) {
        return (long) width * height;
    }
}
