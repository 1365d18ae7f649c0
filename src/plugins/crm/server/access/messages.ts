import type { Messages } from '../kernel';

export const messages: Messages = {
  ja: {
    'access.login-required': 'この内容をご覧になるには、ログインが必要です。',
    'access.withheld': 'この内容は、限られた会員の方だけがご覧になれます。',
    'access.draft-refused': '下書きは公開APIからは取得できません。',
    'access.file-refused':
      'このファイルは、限られた方だけがご覧になれます。掲載ページをもう一度開いてください。',
    'access.rule-not-found': '共有ルールが見つかりません。削除された可能性があります。',
    'access.rule-name-taken': '同じ名前の共有ルールがあります。別の名前を付けてください。',
    'access.rule-cycle': '共有ルールが自分自身を参照することになるため、保存できません。',
    'access.rule-missing': '参照している共有ルールが見つかりません。選び直してください。',
    'access.rule-in-use':
      '{count}か所で使われているため、削除できません。使用箇所の設定を先に変更してください。',
    'access.problem.rule':
      '共有ルール（{ref}）が見つからないか読み取れないため、誰にも表示されません。',
    'access.problem.segment':
      'セグメント（{ref}）が削除されているため、この条件では誰にも表示されません。',
    'access.problem.tier':
      '会員ランク「{ref}」が存在しないため、この条件では誰にも表示されません。',
    'access.problem.plan': 'プラン「{ref}」が存在しないため、この条件では誰にも表示されません。',
    'access.problem.invalid': '設定を読み取れないため、誰にも表示されません。',
    'access.invalid-access':
      'アクセスの設定を読み取れません。「誰が見られるか」をもう一度お選びください。',
    'access.invalid-audience':
      '表示対象の設定を読み取れません。「誰に見せるか」をもう一度お選びください。',
    'access.audience-missing':
      '表示対象が設定されたブロックを、設定なしのブロックで置き換えようとしています。ブロックのidか、表示対象の値（全員に見せる場合はnull）を送ってください。',
    'access.filter-refused':
      '閲覧が制限された項目を条件に使うことはできません。条件から外して、もう一度お試しください。',
  },
  en: {
    'access.login-required': 'Please log in to see this.',
    'access.withheld': 'This is only for certain members.',
    'access.draft-refused': 'Drafts are not available through the public API.',
    'access.file-refused':
      'This file is only for certain people. Please open the page it is on once more.',
    'access.rule-not-found': 'There is no such shared rule. It may have been deleted.',
    'access.rule-name-taken': 'There is a shared rule of this name. Please choose another one.',
    'access.rule-cycle': 'The rule would refer to itself, so it cannot be saved.',
    'access.rule-missing':
      'A shared rule that this one refers to does not exist. Please choose again.',
    'access.rule-in-use':
      'It is used in {count} places and cannot be deleted. Please change those first.',
    'access.problem.rule': 'The shared rule {ref} is gone or cannot be read, so nobody sees this.',
    'access.problem.segment':
      'The segment {ref} was deleted, so this condition shows it to nobody.',
    'access.problem.tier': 'There is no tier “{ref}”, so this condition shows it to nobody.',
    'access.problem.plan': 'There is no plan “{ref}”, so this condition shows it to nobody.',
    'access.problem.invalid': 'The setting cannot be read, so nobody sees this.',
    'access.invalid-access':
      'This Access setting cannot be read. Please choose again who may see the entry.',
    'access.invalid-audience':
      'This Audience setting cannot be read. Please choose again who sees the block.',
    'access.audience-missing':
      'This would replace blocks that are for certain people by blocks without an Audience. Send the id of each block, or its Audience (null for everyone).',
    'access.filter-refused':
      'Values that are not for everybody cannot be used as a condition. Please leave that condition out.',
  },
};
