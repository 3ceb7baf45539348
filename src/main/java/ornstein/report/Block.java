package ornstein.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import ornstein.stats.chart.Chart;

/// A part of a [Page]. All texts are plain text.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "block")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Block.Heading.class, name = "heading"),
    @JsonSubTypes.Type(value = Block.Verdict.class, name = "verdict"),
    @JsonSubTypes.Type(value = Block.Text.class, name = "text"),
    @JsonSubTypes.Type(value = Block.Notes.class, name = "notes"),
    @JsonSubTypes.Type(value = Block.Code.class, name = "code"),
    @JsonSubTypes.Type(value = Block.Table.class, name = "table"),
    @JsonSubTypes.Type(value = Block.Picture.class, name = "picture")
})
public sealed interface Block {
    /// A heading below the page's title.
    record Heading(String text) implements Block {}

    /// The heading of a claim with its verdict, such as `reproduced`.
    record Verdict(String text, String verdict) implements Block {}

    /// A paragraph.
    record Text(String text) implements Block {}

    /// A list of remarks.
    record Notes(List<String> texts) implements Block {
        public Notes {
            texts = List.copyOf(texts);
        }
    }

    /// Text as it is, in a fixed pitch: a command, a spec.
    record Code(String text) implements Block {}

    /// A table with a caption, which may be empty.
    record Table(Grid grid, String caption) implements Block {}

    /// A figure with its title and caption.
    record Picture(Chart chart) implements Block {}
}
