/** Contracts of content: what may be sent, and how a block is drawn on every channel. */
import { z } from 'zod';

/** Which entry a message or a preview is made of; `blockKeys` picks some of its blocks. */
export const contentSourceSchema = z.object({
  uid: z.string().min(3).max(200),
  documentId: z.string().min(1).max(64),
  locale: z.enum(['ja', 'en']).default('ja'),
  blockKeys: z.array(z.string().max(200)).max(200).optional(),
});
export type ContentSource = z.infer<typeof contentSourceSchema>;

/** One block as it stands in a dynamic zone, its merge fields already replaced by marks. */
export interface BlockData {
  readonly __component: string;
  readonly id: number | string;
  readonly [attribute: string]: unknown;
}

/** A JSON value of LINE's Flex format. */
export type FlexValue =
  | string
  | number
  | boolean
  | undefined
  | readonly FlexValue[]
  | { readonly [key: string]: FlexValue };
export interface FlexComponent {
  readonly type: string;
  readonly [key: string]: FlexValue;
}

/** What one block adds to a LINE message. The parts of neighbouring blocks are joined to one bubble. */
export interface LineFragment {
  /** Picture on top; the first block that brings one wins. */
  readonly hero?: FlexComponent;
  readonly body?: readonly FlexComponent[];
  /** Buttons at the foot of the bubble. */
  readonly footer?: readonly FlexComponent[];
  /** Bubbles of their own, shown as a carousel after the first bubble (12 at most). */
  readonly bubbles?: readonly FlexComponent[];
  /**
   * Messages of their own (a video, an imagemap, a coupon), between the bubbles of what stands
   * above and below. A push holds five messages.
   */
  readonly messages?: readonly FlexComponent[];
  /** Buttons below the last message, gone with the next one (13 at most). */
  readonly quickReplies?: readonly FlexComponent[];
}

/** The look of mails and of LINE bubbles. */
export interface ContentTheme {
  readonly siteName: string;
  /** What readers of another language know it by. */
  readonly siteNames?: Readonly<Partial<Record<'ja' | 'en', string>>>;
  readonly accent: string;
  readonly onAccent: string;
  readonly ink: string;
  readonly quiet: string;
  readonly paper: string;
}

/** What a renderer may use besides its block. */
export interface BlockContext {
  readonly locale: 'ja' | 'en';
  readonly theme: ContentTheme;
  /** An absolute address for a path or URL; anything but http(s), mailto, tel and line is refused. */
  readonly url: (address: string) => string;
  /** As `url`, and tracked where the channel tracks. `key` names the link in the report. */
  readonly link: (address: string, key: string) => string;
  /**
   * An address below which a picture of the media library stands in the widths LINE asks for
   * (`…/240` to `…/1040`), as JPEG.
   */
  readonly sizedPicture: (address: string) => string;
  /** Escapes text for HTML and MJML, content and attribute alike. */
  readonly html: (text: unknown) => string;
}

export type BlockRenderer<Output> = (block: BlockData, context: BlockContext) => Output;

/** One component, drawn on every channel. What is left out is drawn from its attribute types. */
export interface BlockRenderers {
  /** HTML. */
  readonly web?: BlockRenderer<string>;
  /** One or more `<mj-section>` or `<mj-wrapper>`. */
  readonly email?: BlockRenderer<string>;
  readonly line?: BlockRenderer<LineFragment>;
  readonly text?: BlockRenderer<string>;
}

export interface ContentIssue {
  /** Block and attribute, for example `blocks.hero#12.heading`. */
  readonly path: string;
  readonly message: string;
}

/** The path of an entry on the site (`/articles/harbour`), or null when it has no page. */
export type PageAddress = (
  entry: Readonly<Record<string, unknown>>,
  locale: 'ja' | 'en',
) => string | null;

/** What the application calls: `strapi.plugin('crm').service('content')`. */
export interface BlockRegistry {
  registerBlock(uid: string, renderers: BlockRenderers): void;
  /** Says where the entries of a type stand on the site; without it they cannot be previewed there. */
  registerPage(uid: string, address: PageAddress): void;
  useTheme(theme: ContentTheme): void;
}
