package chat.klatsch.image;

import com.code_intelligence.jazzer.junit.FuzzTest;

class UploadedImageFuzzTest {
    @FuzzTest
    void any_file_is_refused_or_kept_in_part(byte[] file) {
        UploadedImageTest.look(file);
    }
}
