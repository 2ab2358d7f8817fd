package chat.klatsch.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes images, with a light square on a darker or transparent ground, in all the kinds that ImageIO writes. */
final class DrawnImages {
    private DrawnImages() {}

    /**
     * Writes an image.
     *
     * @param type a constant of {@link BufferedImage}
     * @param progressive whether it is progressive or interlaced
     */
    static byte[] written(String format, int type, boolean progressive, int width, int height) throws IOException {
        BufferedImage image = type == BufferedImage.TYPE_BYTE_INDEXED
                ? new BufferedImage(width, height, type, colours())
                : new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        if (!image.getColorModel().hasAlpha()) {
            graphics.setColor(Color.BLACK);
            graphics.fillRect(0, 0, width, height);
        }
        graphics.setColor(Color.YELLOW);
        graphics.fillRect(width / 4, height / 4, width / 2, height / 2);
        graphics.dispose();
        return written(format, image, progressive);
    }

    /** Returns 256 colours, of which all but two are opaque black. */
    private static IndexColorModel colours() {
        byte[] red = new byte[256];
        byte[] blue = new byte[256];
        byte[] alpha = new byte[256];
        Arrays.fill(alpha, (byte) 255);
        red[200] = (byte) 255;
        alpha[0] = 0;
        return new IndexColorModel(8, 256, red, red, blue, alpha);
    }

    private static byte[] written(String format, BufferedImage image, boolean progressive) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
