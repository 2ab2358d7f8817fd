package chat.klatsch.store.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of columns in a backup, which both engines have. */
enum ColumnType {
    INTEGER(Types.BIGINT, JsonToken.VALUE_NUMBER_INT) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            json.writeNumber(row.getLong(column));
        }

        @Override
        Object read(JsonParser json) throws IOException {
            return json.getLongValue();
        }
    },

    TEXT(Types.VARCHAR, JsonToken.VALUE_STRING) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            json.writeString(row.getString(column));
        }

        @Override
        Object read(JsonParser json) throws IOException {
            return json.getText();
        }
    },

    BOOLEAN(Types.BOOLEAN, JsonToken.VALUE_TRUE) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            json.writeBoolean(row.getBoolean(column));
        }

        @Override
        Object read(JsonParser json) throws IOException {
            return json.getBooleanValue();
        }
    },

    /** In UTC, such as 2026-11-24T10:15:30.123456Z. */
    TIME(Types.TIMESTAMP_WITH_TIMEZONE, JsonToken.VALUE_STRING) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            json.writeString(
                    row.getObject(column, OffsetDateTime.class).toInstant().toString());
        }

        @Override
        Object read(JsonParser json) throws IOException {
            try {
                return Instant.parse(json.getText()).atOffset(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw BackupException.damaged(e);
            }
        }
    },

    /** In Base64. */
    BYTES(Types.VARBINARY, JsonToken.VALUE_STRING) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            json.writeBinary(row.getBytes(column));
        }

        @Override
        Object read(JsonParser json) throws IOException {
            return json.getBinaryValue();
        }
    };

    private final int sqlType;
    private final JsonToken token;

    ColumnType(int sqlType, JsonToken token) {
        this.sqlType = sqlType;
        this.token = token;
    }

    /** Returns the type of a column, and nothing for what only one engine has and can be made again. */
    static Optional<ColumnType> of(int sqlType) {
        return switch (sqlType) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT -> Optional.of(INTEGER);
            case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> Optional.of(TEXT);
            case Types.BOOLEAN, Types.BIT -> Optional.of(BOOLEAN);
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(TIME);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Optional.of(BYTES);
            case Types.OTHER -> Optional.empty();
            default -> throw new IllegalStateException("backups have no column of type " + sqlType);
        };
    }

    static Optional<ColumnType> named(String name) {
        return Stream.of(values()).filter(type -> type.label().equals(name)).findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    int sqlType() {
        return sqlType;
    }

    abstract void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException;

    /** Reads a value that is not null. */
    abstract Object read(JsonParser json) throws IOException;

    /** Reads the value at which the parser is. @throws BackupException if it is of another type */
    final @Nullable Object value(JsonParser json) throws IOException {
        JsonToken found = json.currentToken();
        if (found == JsonToken.VALUE_NULL) {
            return null;
        }
        if (found != token && !(this == BOOLEAN && found == JsonToken.VALUE_FALSE)) {
            throw BackupException.damaged("a value is not of type " + label());
        }
        return read(json);
    }

    final void writeValue(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
        if (row.getObject(column) == null) {
            json.writeNull();
        } else {
            write(row, column, json);
        }
    }
}
