// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * You can find the Token ID in the Tractionboard Dashboard, under Settings > Integrations.
   */
  tokenId: string
}
