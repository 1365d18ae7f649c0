/** A film: a message of its own on LINE, a player on the site, a picture with a link in mail. */
import type { BlockContext, BlockData } from '../../../shared/content';
import { audience, fileOf, FULL_WIDTH, textOf, type BlockKind } from './kind';

const WATCH = { ja: '動画を見る', en: 'Watch the video' } as const;

interface Film {
  readonly source: string;
  /** It lies in the media library, so that the page can play it. */
  readonly own: boolean;
  /** JPEG of a small size, whatever was uploaded; empty where there is no still. */
  readonly still: string;
  readonly caption: string;
}

function filmOf(block: BlockData, context: BlockContext): Film | null {
  const file = fileOf(block, 'video');
  const source = file?.url ?? textOf(block, 'url');
  if (source === '') return null;
  const poster = fileOf(block, 'poster');
  return {
    source,
    own: file !== null,
    still: poster ? `${context.sizedPicture(poster.url)}/${FULL_WIDTH}` : '',
    caption: textOf(block, 'caption'),
  };
}

const captionOf = (film: Film, context: BlockContext): string =>
  film.caption || WATCH[context.locale];

export const video: BlockKind = {
  schema: {
    collectionName: 'components_crm_videos',
    info: { displayName: 'Video', icon: 'play' },
    options: {},
    attributes: {
      video: { type: 'media', multiple: false, allowedTypes: ['videos'] },
      url: { type: 'string', maxLength: 2000 },
      poster: { type: 'media', multiple: false, allowedTypes: ['images'], required: true },
      caption: { type: 'string', maxLength: 200 },
      audience,
    },
  },
  renderers: {
    web(block, context) {
      const film = filmOf(block, context);
      if (!film) return '';
      const { html } = context;
      const still = film.still ? html(film.still) : '';
      const words = film.caption ? `<figcaption>${html(film.caption)}</figcaption>` : '';
      const shown = film.own
        ? `<video controls preload="none" width="640" src="${html(context.url(film.source))}" poster="${still}"></video>`
        : `<a href="${html(context.link(film.source, 'video'))}">${still ? `<img src="${still}" alt="${html(captionOf(film, context))}" loading="lazy">` : html(captionOf(film, context))}</a>`;
      return `<figure class="figure figure-video">${shown}${words}</figure>`;
    },
    email(block, context) {
      const film = filmOf(block, context);
      if (!film) return '';
      const { html } = context;
      const address = html(context.link(film.source, 'video'));
      const words = html(captionOf(film, context));
      const still = film.still
        ? `<mj-image padding="0 24px" src="${html(film.still)}" alt="${words}" href="${address}" />`
        : '';
      return `<mj-section padding="8px 0 24px"><mj-column>${still}<mj-button href="${address}">▶ ${words}</mj-button></mj-column></mj-section>`;
    },
    line(block, context) {
      const film = filmOf(block, context);
      if (!film) return {};
      const originalContentUrl = context.url(film.source);
      return { messages: [{ type: 'video', originalContentUrl, previewImageUrl: film.still }] };
    },
    text(block, context) {
      const film = filmOf(block, context);
      return film ? `${captionOf(film, context)}\n${context.link(film.source, 'video')}` : '';
    },
  },
};
